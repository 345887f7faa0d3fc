/** Tells an application that the portal can be reached, and nothing else. */
export const POST = () => Response.json({});
export { POST as GET };
