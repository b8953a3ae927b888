/*
 * dissect.h — a message taken apart for the eye: a list of fields, each with
 * the bytes that it covers, its name, its value and what it means. Dissectors
 * only look at bytes and write into memory that is given to them, whatever the
 * bytes are: what cannot be read becomes a field that says so. Pure.
 */
#ifndef NETLAB_CLIENT_DISSECT_DISSECT_H
#define NETLAB_CLIENT_DISSECT_DISSECT_H

#include "client/style.h"
#include "core/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The fields of a message stand in the order of its bytes and, but for layers,
 * groups and parts, cover each byte once: a hex dump is coloured by them. One
 * without bytes stands for something that is empty, or missing.
 */
enum dissect_kind {
	DISSECT_LAYER, /* a heading: "Ethernet", "DNS message"; covers all of it
	                */
	DISSECT_GROUP, /* a heading within a layer: "Answer 1", "Flags" */
	DISSECT_FIELD, /* bytes of its own */
	DISSECT_PART,  /* bits, or a reading, of the field before it: "QR 1" */
};

struct dissect_field {
	enum dissect_kind kind;
	enum style style;
	uint8_t depth;    /* of layers within layers, groups within groups */
	uint32_t at, len; /* bytes of the message */
	const char *name; /* the RFC's word for it: static */
	const char *rfc;  /* "RFC 1035 §4.1.1": static; NULL: none */
	uint32_t value_at, value_len;     /* in the text; harmless UTF-8 */
	uint32_t meaning_at, meaning_len; /* the same, 0 long: none */
};

struct dissect {
	struct span bytes; /* the whole message, borrowed */
	struct dissect_field *fields;
	size_t count, cap;
	char *text; /* values and meanings, without NULs */
	size_t text_len, text_cap;
	uint8_t depth;     /* of the next field */
	bool is_full;      /* FIELDS or TEXT was too small: do it again */
	bool is_malformed; /* a field of STYLE_BAD is among them */
	/* What the sniffer's line says of the message: the last that a
	 * dissector set. Parts of the text; "": nothing. */
	uint32_t line_at, line_len;
	/* Who sent it to whom, as far as the message says: the same. */
	uint32_t from_at, from_len, to_at, to_len;
	const char *protocol; /* of the innermost layer: "DNS"; static */
};

/* A dissector writes the fields of bytes AT … END (of dissect->bytes). */
typedef void dissector(struct dissect *dissect, size_t at, size_t end);

/* Begins: BYTES, and the memory for FIELDS and TEXT, are borrowed. */
void dissect_open(struct dissect *dissect, struct span bytes,
    struct dissect_field *fields, size_t cap, struct space text);

/* A layer or a group begins: what comes after it is one deeper, until
 * dissect_leave. LEN may be 0 or too small: it grows to hold what is in it. */
void dissect_enter(struct dissect *dissect, enum dissect_kind kind, size_t at,
    size_t len, const char *name, const char *rfc);
void dissect_leave(struct dissect *dissect);

/* What stands behind the name of the layer or group just entered: "2" of
 * "Answer 2". */
void dissect_heading(struct dissect *dissect, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A field: its value by printf. Bytes of a peer among the arguments are made
 * harmless here. */
void dissect_field(struct dissect *dissect, enum style style, size_t at,
    size_t len, const char *name, const char *rfc, const char *format, ...)
    __attribute__((format(printf, 7, 8)));

/* A part of the field before it, in its bytes. */
void dissect_part(struct dissect *dissect, const char *name, const char *rfc,
    const char *format, ...) __attribute__((format(printf, 4, 5)));

/* What the last field or part means, in a phrase: "recursion is desired". */
void dissect_means(struct dissect *dissect, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Bytes that cannot be read as NAME, and why: a field of STYLE_BAD, whose value
 * is the reason. LEN may be 0: something is missing there. */
void dissect_bad(struct dissect *dissect, size_t at, size_t len,
    const char *name, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* The line that stands for the whole message; and what protocol that is. */
void dissect_line(struct dissect *dissect, const char *protocol,
    const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Who sent it to whom: "127.0.0.1:5353", an address and a port. */
void dissect_ends(struct dissect *dissect, const char *from, const char *to);

/* Value, meaning of FIELD, and the line. */
struct span dissect_value(
    const struct dissect *dissect, const struct dissect_field *field);
struct span dissect_meaning(
    const struct dissect *dissect, const struct dissect_field *field);
struct span dissect_summary(const struct dissect *dissect);
struct span dissect_from(const struct dissect *dissect);
struct span dissect_to(const struct dissect *dissect);

#endif
