/** A request of the query protocol: numbered keys such as `MessageAttributes.entry.1.Name`. */
export type SnsForm = Readonly<Record<string, string>>;

export const readForm = (body: Buffer): SnsForm =>
  Object.fromEntries(new URLSearchParams(body.toString()));

/** The message attributes of a Publish, as plain texts (binary ones stay base64). */
export const messageAttributesOf = (form: SnsForm): Record<string, string> => {
  const attributes: Record<string, string> = {};
  for (const [key, name] of Object.entries(form)) {
    const [, index] = /^MessageAttributes\.entry\.(\d+)\.Name$/.exec(key) ?? [];
    if (index === undefined) continue;
    const value = `MessageAttributes.entry.${index}.Value`;
    attributes[name] = form[`${value}.StringValue`] ?? form[`${value}.BinaryValue`] ?? '';
  }
  return attributes;
};

/** The types of the message attributes of a Publish, such as `String`, by their names. */
export const messageAttributeTypesOf = (form: SnsForm): Record<string, string> => {
  const types: Record<string, string> = {};
  for (const [key, name] of Object.entries(form)) {
    const [, index] = /^MessageAttributes\.entry\.(\d+)\.Name$/.exec(key) ?? [];
    if (index === undefined) continue;
    types[name] = form[`MessageAttributes.entry.${index}.Value.DataType`] ?? 'String';
  }
  return types;
};

/** The attributes of a Subscribe, such as `FilterPolicy`. */
export const subscriptionAttributesOf = (form: SnsForm): Record<string, string> => {
  const attributes: Record<string, string> = {};
  for (const [key, name] of Object.entries(form)) {
    const [, index] = /^Attributes\.entry\.(\d+)\.key$/.exec(key) ?? [];
    if (index !== undefined) attributes[name] = form[`Attributes.entry.${index}.value`] ?? '';
  }
  return attributes;
};

/** The fields of a request that set attributes, numbered as SNS wants them. */
export const attributeFields = (
  attributes: Readonly<Record<string, string>>,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value], index) => [
      [`Attributes.entry.${index + 1}.key`, name],
      [`Attributes.entry.${index + 1}.value`, value],
    ]),
  );

/** The text of the first element of this name. SNS's answers hold no attributes and no CDATA. */
export const elementText = (xml: string, name: string): string | undefined =>
  new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];

export const answerXml = (action: string, result: string, requestId: string): string =>
  `<${action}Response xmlns="http://sns.amazonaws.com/doc/2010-03-31/">` +
  `<${action}Result>${result}</${action}Result>` +
  `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${action}Response>`;

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

export const errorXml = (code: string, message: string, requestId: string): string =>
  `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type>` +
  `<Code>${code}</Code><Message>${escapeXml(message)}</Message></Error>` +
  `<RequestId>${requestId}</RequestId></ErrorResponse>`;
