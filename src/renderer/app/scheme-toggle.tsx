/** Colours from the system, or always light or dark. */

import { SegmentedControl, useMantineColorScheme, VisuallyHidden } from '@mantine/core';
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import type { ComponentType } from 'react';

interface SchemeChoice {
  readonly value: 'auto' | 'light' | 'dark';
  readonly name: string;
  readonly icon: ComponentType<{ size?: number }>;
}

const CHOICES: readonly SchemeChoice[] = [
  { value: 'auto', name: 'Colours as the system', icon: IconDeviceDesktop },
  { value: 'light', name: 'Light colours', icon: IconSun },
  { value: 'dark', name: 'Dark colours', icon: IconMoon },
];

function labelOf({ name, icon: Icon }: SchemeChoice) {
  return (
    <span className="scheme-choice" title={name}>
      <Icon size={14} />
      <VisuallyHidden>{name}</VisuallyHidden>
    </span>
  );
}

export function SchemeToggle() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      aria-label="Colours"
      value={colorScheme}
      onChange={setColorScheme}
      data={CHOICES.map((choice) => ({ value: choice.value, label: labelOf(choice) }))}
    />
  );
}
