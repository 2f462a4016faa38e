/** The component library, themed once: one accent, one spacing scale, text colours that pass contrast in both schemes. */

import {
  createTheme,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type MantineThemeOverride,
} from '@mantine/core';

const FONT =
  "'Inter Variable', 'Segoe UI', system-ui, -apple-system, 'Helvetica Neue', Arial, sans-serif";

const indigo: MantineColorsTuple = [
  '#eef2ff',
  '#dde4ff',
  '#bac8ff',
  '#91a7ff',
  '#748ffc',
  '#5c7cfa',
  '#4666ea',
  '#3b5bdb',
  '#3450c2',
  '#2c44a6',
];

const dark: MantineColorsTuple = [
  '#e4e8f0',
  '#c3cad6',
  '#9aa4b5',
  '#778196',
  '#3a4252',
  '#2a303c',
  '#1e2430',
  '#171b24',
  '#0f1218',
  '#0b0e13',
];

export const theme: MantineThemeOverride = createTheme({
  fontFamily: FONT,
  headings: { fontFamily: FONT, fontWeight: '600' },
  colors: { indigo, dark },
  primaryColor: 'indigo',
  primaryShade: { light: 7, dark: 7 },
  defaultRadius: 'sm',
  respectReducedMotion: true,
  cursorType: 'pointer',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  components: {
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    Button: { defaultProps: { size: 'xs' } },
    Menu: { defaultProps: { shadow: 'md', withinPortal: true } },
    Modal: {
      defaultProps: { centered: true, radius: 'md', closeButtonProps: { 'aria-label': 'Close' } },
    },
    Notification: {
      defaultProps: { closeButtonProps: { 'aria-label': 'Dismiss' } },
      // The library's own grey beneath a title is too pale to read.
      styles: { description: { color: 'var(--mantine-color-dimmed)' } },
    },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    Select: { defaultProps: { size: 'xs', allowDeselect: false } },
    Switch: { defaultProps: { size: 'sm' } },
    TextInput: { defaultProps: { size: 'xs' } },
    Tooltip: {
      defaultProps: {
        multiline: true,
        maw: 280,
        withArrow: true,
        openDelay: 250,
        events: { hover: true, focus: true, touch: true },
      },
    },
  },
});

/** The library's own quiet and error texts are too pale to read at these sizes. */
export const resolveCssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-text': '#1a2130',
    '--mantine-color-dimmed': '#576074',
    '--mantine-color-placeholder': '#6b7489',
    '--mantine-color-error': '#b3261e',
    '--mantine-color-default-border': '#cfd5df',
  },
  dark: {
    '--mantine-color-dimmed': '#9aa4b5',
    '--mantine-color-placeholder': '#8790a2',
    '--mantine-color-error': '#ff9c8f',
    '--mantine-color-anchor': '#8fa6ff',
  },
});
