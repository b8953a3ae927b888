/*
 * conf_seen.h — what the file has so far, while it is checked: its sections,
 * the places of its values, and the right part of its text for libconfuse.
 */
#ifndef NETLAB_CORE_CONF_SEEN_H
#define NETLAB_CORE_CONF_SEEN_H

#include "core/conf_check.h"
#include "core/conf_reader.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Where memory is short, the reader is told to give up, and conf_seen_close
 * says so. Borrows both pointers. */
struct conf_seen {
	struct conf_reader *reader;
	struct conf_checked *out;
	FILE *copy;         /* → out->text */
	unsigned copy_line; /* where the copy has got to */
	unsigned muted;     /* inside that many sections that are left out */
};

/* Begins the copy, into OUT, which is empty and which the caller releases in
 * any case. False: memory is short, and there is nothing to close. */
bool conf_seen_open(struct conf_seen *seen, struct conf_reader *reader,
    struct conf_checked *out) __attribute__((warn_unused_result));

/* Ends the copy: OUT->text stands. False: something of it was lost. */
bool conf_seen_close(struct conf_seen *seen)
    __attribute__((warn_unused_result));

/* Records SECTION and returns its index, or CONF_NONE when memory is short. */
size_t conf_seen_section(struct conf_seen *seen, struct conf_section section);

/* The section of this name and title that its parent already has, or NULL;
 * counts in SECTION->ordinal those that libconfuse has. Valid until the next
 * section is recorded. */
const struct conf_section *conf_seen_twin(
    const struct conf_seen *seen, struct conf_section *section);

/* Records that value INDEX (or CONF_KEY) of KEY in SECTION stands on LINE. */
void conf_seen_place(struct conf_seen *seen, size_t section, const char *key,
    unsigned index, unsigned line);

/*
 * Hands the tokens from FIRST on, up to END, to libconfuse: on their lines, so
 * that what it may say of them is right, and without the comments, which it
 * does not take in lists. conf_seen_put: TEXT, on the line that was reached.
 * Neither does anything inside of a section that is left out.
 */
void conf_seen_copy(struct conf_seen *seen, size_t first, size_t end);
void conf_seen_put(struct conf_seen *seen, const char *text);

#endif
