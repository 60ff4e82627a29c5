interface Props<Id extends string> {
  label: string;
  options: readonly { id: Id; label: string }[];
  chosen: Id;
  onChoose(id: Id): void;
}

/** A drop-down list of a few options. */
export function Choice<Id extends string>({ label, options, chosen, onChoose }: Props<Id>) {
  return (
    <select
      aria-label={label}
      value={chosen}
      onChange={({ currentTarget: { selectedIndex } }) => {
        const option = options[selectedIndex];
        if (option) onChoose(option.id);
      }}
    >
      {options.map(({ id, label: text }) => (
        <option key={id} value={id}>
          {text}
        </option>
      ))}
    </select>
  );
}
