#!/usr/bin/env node
/** The entry that ships: lets Node keep compiled code between runs where it can (22.1 and later), and loads the rest. */
import module from 'node:module';

module.enableCompileCache?.();
await import('./main.js');
