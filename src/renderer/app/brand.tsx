/** Name and mark. */

import { IconPig } from '@tabler/icons-react';

export function Brand() {
  return (
    <div className="brand">
      <span className="brand-mark" aria-hidden="true">
        <IconPig size={18} stroke={1.8} />
      </span>
      <h1>CryptoPiggy</h1>
    </div>
  );
}
