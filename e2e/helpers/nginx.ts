import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect } from '@playwright/test';

/** Where Debian and others put it. */
export const NGINX = ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/usr/bin/nginx', '/opt/homebrew/bin/nginx'].find((path) =>
  existsSync(path),
);

/** A proxy before the portal. */
export interface Proxy {
  stop(): Promise<void>;
}

/** A certificate for localhost that nobody signed. @returns the lines that set it up */
function makeCertificate(folder: string): string {
  const [key, certificate] = [join(folder, 'tls.key'), join(folder, 'tls.crt')];
  if (!existsSync(certificate)) {
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
    const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', certificate];
    execFileSync('openssl', [...made, ...subject], { stdio: 'ignore' });
  }
  return `ssl_certificate ${certificate}; ssl_certificate_key ${key};`;
}

function listens(port: number): Promise<boolean> {
  return new Promise((settle) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => settle(false));
    socket.once('connect', () => {
      socket.destroy();
      settle(true);
    });
  });
}

/**
 * Starts nginx before the portal, which ends TLS.
 *
 * @param input.plainPort where it is reached by http as well
 * @param input.passes lines that say what it passes on, such as `proxy_set_header Host $host;`
 */
export async function startNginx(input: {
  folder: string;
  port: number;
  plainPort: number;
  portalPort: number;
  passes: readonly string[];
}): Promise<Proxy> {
  const { folder, port, plainPort, portalPort, passes } = input;
  const file = join(folder, 'nginx.conf');
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`);
  const server = (listen: string, tls: string) => `server {
    listen 127.0.0.1:${listen}; ${tls}
    location / { proxy_pass http://127.0.0.1:${portalPort}; ${passes.join(' ')} }
  }`;
  writeFileSync(
    file,
    `daemon off; pid ${folder}/nginx.pid; error_log stderr error; worker_processes 1; events {}
http {
  access_log off; ${temporary.join(' ')}
  ${server(`${port} ssl`, makeCertificate(folder))}
  ${server(String(plainPort), '')}
}
`,
  );
  const child = spawn(NGINX ?? 'nginx', ['-p', folder, '-c', file], { stdio: ['ignore', 'inherit', 'inherit'] });
  const ended = once(child, 'exit');
  await expect.poll(() => Promise.all([listens(port), listens(plainPort)]), { intervals: [50] }).toEqual([true, true]);
  return {
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
