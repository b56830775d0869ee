export const eventSchema = {};
