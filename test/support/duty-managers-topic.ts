import type { Publisher } from '#functions/adapters/sns/publisher.ts';

/** The topic of the duty manager, and what was told by it; it takes nothing while SNS is cut. */
export const dutyManagersTopic = () => {
  let isSnsDown = false;
  const told: string[] = [];
  const email: Publisher['email'] = async (_, { subject }) => {
    if (isSnsDown) throw new Error('SNS');
    told.push(subject);
    return 'id';
  };
  const cutSns = (isDown: boolean): void => {
    isSnsDown = isDown;
  };
  return { told, email, cutSns };
};
