import { redirect } from 'next/navigation';

/** Redirects to the exchange. */
export default function HomePage(): never {
  redirect('/exchange');
}
