/*
 * conf.h — a configuration file read with libconfuse, every mistake reported
 * as "FILE:LINE: what". Loader process (and -t) only.
 */
#ifndef NETLAB_CORE_CONF_H
#define NETLAB_CORE_CONF_H

#include <confuse.h>
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

/*
 * Where mistakes and warnings are told, one line a call, without a newline.
 * TELL is called with CONTEXT for each; the counts say how many of each there
 * were.
 */
struct report {
	void (*tell)(void *context, bool is_error, const char *line);
	void *context;
	unsigned errors; /* in the configuration: nothing can start from it */
	unsigned broken; /* in data, such as a zone: a start goes on without it,
	                    a reload does not */
	unsigned warnings;
};

/* "FILE:LINE: text" to the report; LINE 0: "FILE: text". */
void conf_error(struct report *report, const char *file, unsigned line,
    const char *format, ...) __attribute__((format(printf, 4, 5)));
void conf_broken(struct report *report, const char *file, unsigned line,
    const char *format, ...) __attribute__((format(printf, 4, 5)));
void conf_warning(struct report *report, const char *file, unsigned line,
    const char *format, ...) __attribute__((format(printf, 4, 5)));

/* A flag of an option beside libconfuse's own CFGF_*: its list may be empty,
 * where that says something else than leaving the key out. */
enum { CONF_MAY_BE_EMPTY = 1 << 24 };

struct conf; /* one file, parsed; opaque */

/*
 * Reads FILE by the grammar OPTIONS (borrowed until conf_close; a libconfuse
 * option array that ends in CFG_END). Every unknown key, wrong type, list in
 * the place of a string and syntax error is told to REPORT with its line, not
 * only the first. Returns the parsed file even where keys were wrong, so that
 * the caller can check the rest; NULL when it cannot be read at all (told). The
 * caller closes it.
 */
struct conf *conf_open(
    const char *file, cfg_opt_t *options, struct report *report);
void conf_close(struct conf *conf);

/* The root section, valid until conf_close. */
cfg_t *conf_root(const struct conf *conf);
const char *conf_file(const struct conf *conf);
struct report *conf_report(const struct conf *conf);

/* In place of an index: the key itself. */
#define CONF_KEY UINT_MAX

/*
 * The line on which value INDEX of option KEY of SECTION stands (the first
 * value: 0); 0 where the file has no such value, or a wrong one. CONF_KEY: the
 * line of the key, whether or not its value is right. conf_section_line: the
 * line on which SECTION opens; 0 where the file does not have it.
 */
unsigned conf_line(
    const struct conf *conf, cfg_t *section, const char *key, unsigned index);
unsigned conf_section_line(const struct conf *conf, cfg_t *section);

/* PATH made absolute: relative to the folder of the file that names it.
 * Writes to OUT; false where it does not fit in CAP bytes. */
bool conf_path(const struct conf *conf, const char *path, char *out, size_t cap)
    __attribute__((warn_unused_result));

#endif
