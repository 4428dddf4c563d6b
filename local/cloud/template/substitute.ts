const PLACEHOLDER = /\$\{(!?)([^}]*)\}/g;

/** Fills `${Name}` placeholders as Fn::Sub does; `${!Name}` stays as the literal text `${Name}`. */
export const substitute = async (
  text: string,
  textOf: (name: string) => Promise<string>,
): Promise<string> => {
  let result = '';
  let position = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    const [whole, literal, name = ''] = match;
    result += text.slice(position, match.index);
    result += literal ? `\${${name}}` : await textOf(name.trim());
    position = match.index + whole.length;
  }
  return result + text.slice(position);
};
