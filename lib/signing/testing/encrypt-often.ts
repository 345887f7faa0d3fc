import { encryptTo } from '../jwe';
import { generateExchangeKeyPair } from '../key-pair';

// Encrypts repeatedly to keys of both curves, in a process of its own, so that a test can end it when it deadlocks.

const [count = 0] = process.argv.slice(2).map(Number);
const recipients = [await generateExchangeKeyPair('X25519'), await generateExchangeKeyPair('P-256')];
for (let round = 0; round < count; round += 1) {
  // Of another length each time, so that garbage is collected at another step each time.
  const text = 'A'.repeat(1 + ((round * 37) % 1000));
  for (const { publicJwk } of recipients) encryptTo(text, publicJwk);
}
