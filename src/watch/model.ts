/** The three support types, from the one that reaches furthest to the one that reaches least: task force, jail enforcement, warrant service officer. */
export const MODELS = ['TFM', 'JEM', 'WSO'] as const;
export type Model = (typeof MODELS)[number];
