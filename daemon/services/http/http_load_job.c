/* http_load_job.c — what all of http_load*.c share. Loader process only. */
#include "services/http/http_load_job.h"

#include "core/file_text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* ---------------------------------------------------------- the report */

enum { MESSAGE_MAX = 1024 };

static unsigned
line_of(const struct http_load_job *job, cfg_t *section, const char *key,
    unsigned index)
{
	unsigned line = conf_line(job->load->conf, section, key, index);

	if (line == 0)
		line = conf_line(job->load->conf, section, key, CONF_KEY);
	return line != 0 ? line : conf_section_line(job->load->conf, section);
}

/* struct conf's way to report: an error, or a warning. */
typedef void report_line(struct report *report, const char *file, unsigned line,
    const char *format, ...);

static void __attribute__((format(printf, 4, 0)))
tell(const struct http_load_job *job, report_line *say, unsigned line,
    const char *format, va_list args)
{
	struct conf *conf = job->load->conf;
	char message[MESSAGE_MAX];

	(void)vsnprintf(message, sizeof(message), format, args);
	say(conf_report(conf), conf_file(conf), line, "%s", message);
}

void
http_load_job_error(const struct http_load_job *job, cfg_t *section,
    const char *key, unsigned index, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	tell(job, conf_error, line_of(job, section, key, index), format, args);
	va_end(args);
}

void
http_load_job_warn(const struct http_load_job *job, cfg_t *section,
    const char *key, unsigned index, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	tell(
	    job, conf_warning, line_of(job, section, key, index), format, args);
	va_end(args);
}

/* ---------------------------------------------------------- the values */

bool
http_load_job_has(
    const struct http_load_job *job, cfg_t *section, const char *key)
{
	return conf_line(job->load->conf, section, key, CONF_KEY) != 0;
}

uint32_t
http_load_job_number(const struct http_load_job *job, cfg_t *section,
    const char *key, long least, long most)
{
	long value = cfg_getint(section, key);

	if (value >= least && value <= most)
		return (uint32_t)value;
	http_load_job_error(job, section, key, 0,
	    "'%s' is from %ld to %ld, not %ld", key, least, most, value);
	return (uint32_t)least;
}

unsigned
http_load_job_word(const struct http_load_job *job, cfg_t *section,
    const char *key, const char *const *words, unsigned count)
{
	const char *value = cfg_getstr(section, key);
	char all[MESSAGE_MAX] = "";
	size_t len = 0;

	for (unsigned i = 0; i < count; i++)
		if (strcmp(value, words[i]) == 0)
			return i;
	for (unsigned i = 0; i < count && len < sizeof(all); i++)
		len +=
		    (size_t)snprintf(all + len, sizeof(all) - len, "%s\"%s\"",
		        i == 0           ? ""
		        : i + 1 == count ? " or "
		                         : ", ",
		        words[i]);
	http_load_job_error(
	    job, section, key, 0, "'%s' is %s, not \"%s\"", key, all, value);
	return count;
}

bool
http_load_job_path(const struct http_load_job *job, cfg_t *section,
    const char *key, char path[PATH_MAX])
{
	if (conf_path(
	        job->load->conf, cfg_getstr(section, key), path, PATH_MAX))
		return true;
	http_load_job_error(
	    job, section, key, 0, "the path of '%s' is too long", key);
	return false;
}

struct span
http_load_job_copy(
    const struct http_load_job *job, const void *text, size_t len)
{
	char *copy = http_load_memory_copy(job->memory, text, len);

	return (struct span){(const uint8_t *)copy, copy == NULL ? 0 : len};
}

/* ------------------------------------------------------------ the files */

char *
http_load_job_text(const struct http_load_job *job, cfg_t *section,
    const char *key, const char *path, size_t most, size_t *len)
{
	struct file_text file;
	const char *fault = file_text_load(path, most, &file);

	if (fault == NULL && memchr(file.text, '\0', file.len) != NULL) {
		file_text_release(&file);
		fault = "is not text: it has a NUL byte";
	}
	if (fault != NULL)
		http_load_job_error(
		    job, section, key, 0, "%s: %s", path, fault);
	*len = file.len;
	return file.text;
}
