/** Tables of this screen fill what the frame, the tabs and the filters leave of the window. */

export const TABLE_HEIGHT = 'max(240px, calc(100vh - 228px))';
