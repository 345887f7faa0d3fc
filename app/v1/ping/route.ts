/** Tells an application that the portal can be reached. */
export const POST = () => new Response(null, { status: 204 });
export { POST as GET };
