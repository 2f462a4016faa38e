import { expect, it } from 'vitest';
import { filesOf } from './vitest-by-file.ts';

it('asks for each file once, whatever its tests are called', () => {
  expect(filesOf(['a.test.ts#group one', 'b.test.ts#c # d', 'a.test.ts#group two'])).toEqual([
    'a.test.ts#',
    'b.test.ts#',
  ]);
});
