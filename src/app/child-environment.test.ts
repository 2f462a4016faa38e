import { expect, it } from 'vitest';
import { childEnvironment } from './child-environment.ts';

const SECRETS = {
  LIVE_CONFIRM_TOKEN: 'a',
  EXCHANGE_API_KEY: 'b',
  EXCHANGE_API_SECRET: 'c',
  TELEGRAM_BOT_TOKEN: 'd',
  TELEGRAM_CHAT_ID: 'e',
  AWS_SECRET_ACCESS_KEY: 'f',
  // What nobody has thought of, and what changes which code runs.
  SOMETHING_NEW: 'g',
  NODE_OPTIONS: '--require=/evil.js',
  LD_PRELOAD: '/evil.so',
  NAPI_RS_NATIVE_LIBRARY_PATH: '/evil.node',
  ELECTRON_RUN_AS_NODE: '1',
};

it('hands on how to reach the desktop, and nothing else', () => {
  const desktop = {
    HOME: '/home/piggy',
    PATH: '/bin',
    DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/bus',
    XDG_RUNTIME_DIR: '/run/user/1000',
    LC_TIME: 'de_DE.UTF-8',
  };
  expect(childEnvironment({ ...SECRETS, ...desktop })).toEqual(desktop);
  expect(childEnvironment(SECRETS)).toEqual({});
});

it('knows the names of Windows however they are written', () => {
  const windows = { Path: 'C:\\Windows', SystemRoot: 'C:\\Windows', 'ProgramFiles(x86)': 'C:\\P' };
  expect(childEnvironment(windows)).toEqual(windows);
});
