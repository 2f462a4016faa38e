/** How the windows are opened: the page gets a sandbox, an isolated preload script, and nothing of Node. */

import type { BrowserWindowConstructorOptions } from 'electron';

/** @param preload - Absolute path of the built preload script. */
export function windowOptions(preload: string): BrowserWindowConstructorOptions {
  return {
    title: 'CryptoPiggy',
    width: 1280,
    height: 800,
    minWidth: 1024,
    minHeight: 640,
    // Shown once the page has drawn itself, so that nobody sees a white flash.
    show: false,
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      spellcheck: false,
    },
  };
}

/** The same page and the same guards, small and above everything else. */
export function compactWindowOptions(preload: string): BrowserWindowConstructorOptions {
  return {
    ...windowOptions(preload),
    width: 360,
    height: 520,
    minWidth: 320,
    minHeight: 280,
    alwaysOnTop: true,
    maximizable: false,
    fullscreenable: false,
  };
}
