/// <reference types="vite/client" />

// The types of what Vite turns into modules: style sheets, and files as text (`?raw`).
