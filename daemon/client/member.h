/* member.h — members of JSON objects: jansson, in the words that verbs need. A
 * NULL object, for lack of memory, is taken by all of these, as jansson does.
 */
#ifndef NETLAB_CLIENT_MEMBER_H
#define NETLAB_CLIENT_MEMBER_H

#include "core/span.h"

#include <jansson.h>
#include <stdint.h>

void member_text(json_t *object, const char *key, const char *text);
void member_number(json_t *object, const char *key, int64_t number);
void member_real(json_t *object, const char *key, double number);
void member_flag(json_t *object, const char *key, int is_set);

/* A peer's bytes as a string; what is no UTF-8, or a control, as plain.h has
 * it. */
void member_bytes(json_t *object, const char *key, struct span bytes);

/* The same as a string of its own, for an array; NULL: no memory. */
json_t *member_string(struct span bytes);

/* BYTES in lower-case hexadecimal. */
void member_hex(json_t *object, const char *key, struct span bytes);

/* Prints OBJECT on standard output in one line, flushes it, and releases it.
 * Returns VERB_GOOD; VERB_MALFORMED: no memory, and has complained, or standard
 * output is full, of which netlab.c complains in the end. */
int member_print(json_t *object);

#endif
