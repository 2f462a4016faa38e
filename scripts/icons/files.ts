/** Which picture files there are: what is in each, and of which size. */
import { TRAY_STATES, trayMark } from './drawings.ts';

export interface Picture {
  /** Below `assets`. */
  readonly path: string;
  /** Width and height, in pixels. */
  readonly size: number;
  /** @param icon - The text of `icons/icon.svg`. */
  readonly draw: (icon: string) => string;
}

export const SOURCE = 'icons/icon.svg';
export const ICO = 'icons/icon.ico';
export const ICNS = 'icons/icon.icns';

/** 256 is what a Windows screen of double density shows on the desktop. */
export const ICO_SIZES = [16, 20, 24, 32, 40, 48, 64, 128, 256] as const;

/** The sizes of the freedesktop icon theme. */
const LINUX_SIZES = [16, 24, 32, 48, 64, 128, 256, 512] as const;

/** A tray's mark is 16 points wide. */
const TRAY_DENSITIES = [
  { suffix: '', size: 16 },
  { suffix: '@2x', size: 32 },
] as const;

const asItIs = (icon: string): string => icon;

const linux = LINUX_SIZES.map((size): Picture => ({
  path: `icons/linux/${size}x${size}.png`,
  size,
  draw: asItIs,
}));

const tray = TRAY_STATES.flatMap((state) =>
  // A name that ends in Template tells Electron that a Mac may colour the mark.
  [false, true].flatMap((template) =>
    TRAY_DENSITIES.map(({ suffix, size }): Picture => ({
      path: `tray/${state}${template ? 'Template' : ''}${suffix}.png`,
      size,
      draw: (icon) => trayMark(icon, state, template),
    })),
  ),
);

export const PICTURES: readonly Picture[] = [
  { path: 'icons/icon.png', size: 1024, draw: asItIs },
  ...linux,
  ...tray,
];
