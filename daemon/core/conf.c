/* conf.c — a configuration file, checked whole and then read by libconfuse. */
#include "core/conf.h"
#include "core/conf_check.h"
#include "core/file_text.h"

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	FILE_MAX = 1 << 20, /* bytes: 20,000 zones; more is no configuration */
	LINE_MAX_LEN = 1024,
};

struct conf {
	char *file;     /* as the user named it: for messages */
	char *absolute; /* for paths relative to it */
	struct report *report;
	struct conf_checked checked;
	cfg_t **sections; /* libconfuse's, in the order of checked.sections;
	                     NULL: lost */
	cfg_t *root;
};

/* ------------------------------------------------------------- the report */

__attribute__((format(printf, 5, 0))) static void
tell(struct report *report, bool is_error, const char *file, unsigned line,
    const char *format, va_list args)
{
	char text[LINE_MAX_LEN], message[LINE_MAX_LEN];

	vsnprintf(message, sizeof(message), format, args);
	int len = line == 0
	              ? snprintf(text, sizeof(text), "%s: %s", file, message)
	              : snprintf(text, sizeof(text), "%s:%u: %s", file, line,
	                    message);

	/* Cut short: a path of a kilobyte; the beginning says enough. */
	if (len < 0)
		return;
	/* What a file says must not drive the terminal that shows it. */
	for (char *c = text; *c != '\0'; c++)
		if ((unsigned char)*c < 0x20 || *c == 0x7f)
			*c = '?';
	report->tell(report->context, is_error, text);
}

void
conf_error(struct report *report, const char *file, unsigned line,
    const char *format, ...)
{
	va_list args;

	report->errors++;
	va_start(args, format);
	tell(report, true, file, line, format, args);
	va_end(args);
}

void
conf_broken(struct report *report, const char *file, unsigned line,
    const char *format, ...)
{
	va_list args;

	report->broken++;
	va_start(args, format);
	tell(report, true, file, line, format, args);
	va_end(args);
}

void
conf_warning(struct report *report, const char *file, unsigned line,
    const char *format, ...)
{
	va_list args;

	report->warnings++;
	va_start(args, format);
	tell(report, false, file, line, format, args);
	va_end(args);
}

/* ------------------------------------------------------------ the file */

static unsigned
line_of(const char *text, const char *at)
{
	unsigned line = 1;

	while ((text = memchr(text, '\n', (size_t)(at - text))) != NULL) {
		text++;
		line++;
	}
	return line;
}

/* Reads FILE, which the caller releases. False: told. */
static bool
read_file(const char *file, struct report *report, struct file_text *text)
{
	const char *fault = file_text_load(file, FILE_MAX, text);

	if (fault != NULL) {
		conf_error(report, file, 0, "%s", fault);
		return false;
	}
	const char *nul = memchr(text->text, '\0', text->len);

	if (nul == NULL)
		return true;
	conf_error(report, file, line_of(text->text, nul),
	    "is not text: it has a NUL byte");
	file_text_release(text);
	return false;
}

/* FILE from the root folder on; the caller frees it. NULL: errno. */
static char *
absolute_path(const char *file)
{
	char folder[PATH_MAX];
	char *path;

	if (file[0] == '/')
		return strdup(file);
	if (getcwd(folder, sizeof(folder)) == NULL)
		return NULL;
	if (asprintf(&path, "%s/%s", strcmp(folder, "/") == 0 ? "" : folder,
	        file) == -1)
		return NULL;
	return path;
}

/* ------------------------------------------------------------ libconfuse */

/* libconfuse has something to say about text that was found to be right: a bug
 * in one of the two, which must not pass unseen. It knows no context but its
 * own, so the line goes to whoever parses: one file at a time, this process. */
static struct conf *parsed;

__attribute__((format(printf, 2, 0))) static void
on_error(cfg_t *cfg, const char *format, va_list args)
{
	parsed->report->errors++;
	tell(parsed->report, true, parsed->file,
	    cfg->line > 0 ? (unsigned)cfg->line : 0, format, args);
}

static bool
parse(struct conf *conf, cfg_opt_t *options)
{
	unsigned errors = conf->report->errors;

	conf->root = cfg_init(options, CFGF_NONE);
	if (conf->root == NULL)
		return false;
	cfg_set_error_function(conf->root, on_error);
	FILE *stream =
	    fmemopen(conf->checked.text, conf->checked.text_len, "r");

	if (stream == NULL)
		return conf->checked.text_len == 0;
	parsed = conf;
	int result = cfg_parse_fp(conf->root, stream);

	parsed = NULL;
	fclose(stream);
	if (result != CFG_SUCCESS && conf->report->errors == errors)
		conf_error(conf->report, conf->file, 0, "cannot be read");
	return true;
}

/* Finds libconfuse's section for each of ours: parents come first. */
static bool
match_sections(struct conf *conf)
{
	const struct conf_checked *checked = &conf->checked;

	conf->sections = calloc(checked->section_count, sizeof(cfg_t *));
	if (conf->sections == NULL)
		return false;
	conf->sections[0] = conf->root;
	for (size_t i = 1; i < checked->section_count; i++) {
		const struct conf_section *section = &checked->sections[i];
		cfg_t *parent = conf->sections[section->parent];

		if (section->is_lost || parent == NULL ||
		    section->ordinal >= cfg_size(parent, section->opt->name))
			continue;
		conf->sections[i] =
		    cfg_getnsec(parent, section->opt->name, section->ordinal);
		/* So that conf_line need not search: it is ours to set, now
		 * that the parser is done with it. */
		if (conf->sections[i] != NULL)
			conf->sections[i]->line = (int)i;
	}
	conf->root->line = 0;
	return true;
}

static bool
fill(struct conf *conf, const char *file, const char *text, size_t len,
    cfg_opt_t *options)
{
	conf->file = strdup(file);
	conf->absolute = absolute_path(file);
	if (conf->file == NULL || conf->absolute == NULL)
		return false;
	return conf_check(
	           file, text, len, options, conf->report, &conf->checked) &&
	       parse(conf, options) && match_sections(conf);
}

struct conf *
conf_open(const char *file, cfg_opt_t *options, struct report *report)
{
	struct file_text text;

	if (!read_file(file, report, &text))
		return NULL;
	struct conf *conf = calloc(1, sizeof(*conf));

	if (conf != NULL)
		conf->report = report;
	if (conf == NULL || !fill(conf, file, text.text, text.len, options)) {
		conf_error(report, file, 0, "%s", strerror(errno));
		conf_close(conf);
		conf = NULL;
	}
	file_text_release(&text);
	return conf;
}

void
conf_close(struct conf *conf)
{
	if (conf == NULL)
		return;
	if (conf->root != NULL)
		cfg_free(conf->root);
	conf_check_release(&conf->checked);
	free(conf->sections);
	free(conf->absolute);
	free(conf->file);
	free(conf);
}

/* -------------------------------------------------------------- asking */

cfg_t *
conf_root(const struct conf *conf)
{
	return conf->root;
}

const char *
conf_file(const struct conf *conf)
{
	return conf->file;
}

struct report *
conf_report(const struct conf *conf)
{
	return conf->report;
}

/* The index of SECTION among ours, or CONF_NONE where the file does not have
 * it. */
static size_t
index_of(const struct conf *conf, const cfg_t *section)
{
	size_t index = section->line < 0 ? CONF_NONE : (size_t)section->line;

	if (index >= conf->checked.section_count ||
	    conf->sections[index] != section)
		return CONF_NONE;
	return index;
}

unsigned
conf_line(
    const struct conf *conf, cfg_t *section, const char *key, unsigned index)
{
	size_t at = index_of(conf, section);
	const struct conf_place *place =
	    at == CONF_NONE ? NULL
	                    : conf_check_find(&conf->checked, at, key, index);

	return place == NULL ? 0 : place->line;
}

unsigned
conf_section_line(const struct conf *conf, cfg_t *section)
{
	size_t at = index_of(conf, section);

	return at == CONF_NONE ? 0 : conf->checked.sections[at].line;
}

bool
conf_path(const struct conf *conf, const char *path, char *out, size_t cap)
{
	const char *slash = strrchr(conf->absolute, '/');
	int folder = path[0] == '/' ? 0 : (int)(slash + 1 - conf->absolute);
	int len = snprintf(out, cap, "%.*s%s", folder, conf->absolute, path);

	return len >= 0 && (size_t)len < cap;
}
