/** Name and mark. */

import { IconPig } from '@tabler/icons-react';

export function Brand() {
  return (
    <div className="brand">
      <span className="brand-mark" aria-hidden="true">
        <IconPig size={20} stroke={1.8} />
      </span>
      <h1 className="visually-hidden">CryptoPiggy</h1>
    </div>
  );
}
