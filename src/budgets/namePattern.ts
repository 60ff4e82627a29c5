/** A name in which `*` stands for anything. */
export const namePattern = (name: string): RegExp => {
  const parts = name.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's');
};
