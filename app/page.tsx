import { redirect } from 'next/navigation';

/** The front door is the exchange. */
export default function HomePage(): never {
  redirect('/exchange');
}
