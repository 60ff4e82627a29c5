/** Version of what agent and recorder say to each other. Chunks of another version are refused. */
export const PROTOCOL_VERSION = 3;
