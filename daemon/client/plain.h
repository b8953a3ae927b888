/* plain.h — text from the network on a terminal: nothing in it shall move the
 * cursor, change colours or the order of letters. */
#ifndef NETLAB_CLIENT_PLAIN_H
#define NETLAB_CLIENT_PLAIN_H

#include "core/span.h"

#include <stdbool.h>
#include <stdio.h>

enum { PLAIN_MAX = 4 }; /* characters for a byte at most: "\x1b" */

/*
 * Writes TEXT to SPACE, controls (C0 without TAB, DEL, C1), bidirectional
 * controls and what is no UTF-8 as \xHH, byte by byte. Returns what was
 * written; what does not fit whole is left out. Pure.
 */
size_t plain_text(struct span text, struct space space);

/* The same to FILE; line ends, LF or CR LF, are LF in plain_write_lines. */
void plain_write(FILE *file, struct span text);
void plain_write_lines(FILE *file, struct span text);

#endif
