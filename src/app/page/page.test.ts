import { describe, expect, it } from 'vitest';
import { ASSET_POLICY, contentSecurityPolicy, securityHeaders } from './content-security-policy.ts';
import { createPage } from './page.ts';

describe('the policy', () => {
  const directives = new Map(
    contentSecurityPolicy({ nonce: 'n0nce', connect: ['ws://127.0.0.1:4000'] })
      .split('; ')
      .map((directive): [string, string] => {
        const [name = '', ...sources] = directive.split(' ');
        return [name, sources.join(' ')];
      }),
  );

  it('lets in what the build brought, and nothing from anywhere else', () => {
    expect(Object.fromEntries(directives)).toEqual({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self' 'nonce-n0nce'",
      'connect-src': "'self' ws://127.0.0.1:4000",
      'img-src': "'self' data:",
      'font-src': "'self'",
      'base-uri': "'none'",
      'form-action': "'none'",
      'frame-ancestors': "'none'",
    });
  });

  it('a file that is not the page may do nothing at all', () => {
    expect(securityHeaders(ASSET_POLICY)['content-security-policy']).toBe(
      "default-src 'none'; frame-ancestors 'none'",
    );
  });
});

describe('the page', () => {
  const html = '<meta name="csp-nonce" content="__CSP_NONCE__"><p>piggy</p>';

  it('has the nonce of its own policy, another each time', () => {
    let made = 0;
    const page = createPage(html, () => `nonce${++made}`);
    const [first, second] = [page.serve([]), page.serve([])];
    expect(first.html).toBe('<meta name="csp-nonce" content="nonce1"><p>piggy</p>');
    expect(first.headers['content-security-policy']).toContain("'nonce-nonce1'");
    expect(second.headers['content-security-policy']).toContain("'nonce-nonce2'");
    expect(first.headers['cache-control']).toBe('no-store');
  });

  it('one that was built without the placeholder is an error at start', () => {
    expect(() => createPage('<p>piggy</p>', () => 'n')).toThrow('has no __CSP_NONCE__');
  });
});
