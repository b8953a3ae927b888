/* show.h — messages on the screen: in rows of bytes, field by field, as JSON.
 */
#ifndef NETLAB_CLIENT_SHOW_SHOW_H
#define NETLAB_CLIENT_SHOW_SHOW_H

#include "client/dissect/dissect.h"
#include "client/screen.h"

#include <jansson.h>

/*
 * BYTES, taken apart by DISSECT in memory of its own, however much that takes;
 * the bytes are borrowed until show_dissect_free. False: no memory, and
 * DISSECTION needs no show_dissect_free.
 */
bool show_dissect(struct dissect *dissection, struct span bytes,
    dissector *dissect) __attribute__((warn_unused_result));
void show_dissect_free(struct dissect *dissection);

/* Rows of 16 bytes, lower case, one blank apart, nothing else: as the lectures
 * print them (dns_wire_text.h). */
void show_hex_plain(const struct screen *screen, struct span bytes);

/* Rows with offsets and characters: of 16 bytes, each field in its colour; or,
 * without colour, in brackets with letters beneath, of as many bytes as fit: 8
 * at 80 columns. And a legend. */
void show_hex_fields(
    const struct screen *screen, const struct dissect *dissection);

/* Each field in a line: its bytes, name, value, meaning, and the RFC's section.
 */
void show_explain(
    const struct screen *screen, const struct dissect *dissection);

/* The bytes of a message, its fields, or both, with a line between them. */
void show_message(const struct screen *screen, const struct dissect *dissection,
    enum options_hex hex, bool is_explained);

/* The fields as an array of objects: "kind", "depth", "name", "at", "length",
 * and where there are any "value", "meaning", "rfc", "malformed". The caller
 * owns it; NULL: no memory. */
json_t *show_json(const struct dissect *dissection);

#endif
