/*
 * conf_check.h — every mistake in a configuration file in one pass.
 *
 * libconfuse stops at its first error. So the text is checked here against the
 * same option arrays; what is right is handed to libconfuse word for word, on
 * the same lines, and what is wrong is told and left out.
 */
#ifndef NETLAB_CORE_CONF_CHECK_H
#define NETLAB_CORE_CONF_CHECK_H

#include "core/conf.h"

#include <stddef.h>
#include <stdint.h>

/* A value of the file: where it stands. */
struct conf_place {
	const char *key; /* the option's own name */
	unsigned index;  /* among the right values, or CONF_KEY */
	unsigned line;
	size_t next; /* place of the same section, or CONF_NONE */
};

#define CONF_NONE SIZE_MAX

/* A section of the file; the first is the root. */
struct conf_section {
	size_t parent;        /* CONF_NONE: this is the root */
	const cfg_opt_t *opt; /* NULL: this is the root */
	unsigned ordinal;     /* among those that libconfuse will have of OPT in
	                         the parent */
	unsigned line;        /* where it opens */
	bool is_lost;         /* wrong: libconfuse does not see it */
	size_t first;         /* place, or CONF_NONE */
	size_t title;         /* token, or CONF_NONE */
};

struct conf_checked {
	struct conf_section *sections;
	size_t section_count, section_cap;
	struct conf_place *places;
	size_t place_count, place_cap;
	char *text; /* for libconfuse; NUL-terminated */
	size_t text_len;
};

/*
 * Checks the LEN bytes of TEXT against OPTIONS and tells every mistake as of
 * FILE. Returns false when memory is short, and OUT is empty then. The caller
 * releases OUT.
 */
bool conf_check(const char *file, const char *text, size_t len,
    const cfg_opt_t *options, struct report *report, struct conf_checked *out)
    __attribute__((warn_unused_result));
void conf_check_release(struct conf_checked *checked);

/* The place of value INDEX of KEY in SECTION; NULL: the file has none. */
const struct conf_place *conf_check_find(const struct conf_checked *checked,
    size_t section, const char *key, unsigned index);

#endif
