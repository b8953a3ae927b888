/* http_load_job.h — one load of the http section on its way: what all of
 * http_load*.c share. Loader process only. */
#ifndef NETLAB_SERVICES_HTTP_LOAD_JOB_H
#define NETLAB_SERVICES_HTTP_LOAD_JOB_H

#include "services/http/http_load.h"

struct http_load_job {
	struct service_load *load;
	struct http_load_memory *memory; /* of what is loaded */
};

/*
 * "FILE:LINE: what" to the report, about value INDEX (or CONF_KEY) of KEY of
 * SECTION, or about the section where it has no such value. warn: as a warning.
 */
void http_load_job_error(const struct http_load_job *job, cfg_t *section,
    const char *key, unsigned index, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
void http_load_job_warn(const struct http_load_job *job, cfg_t *section,
    const char *key, unsigned index, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* The file sets KEY of SECTION: it is not the default. */
bool http_load_job_has(
    const struct http_load_job *job, cfg_t *section, const char *key);

/* The value of KEY, which is from LEAST to MOST; else an error, and LEAST. */
uint32_t http_load_job_number(const struct http_load_job *job, cfg_t *section,
    const char *key, long least, long most);

/* The place of the value of KEY among the COUNT WORDS; COUNT: an error. */
unsigned http_load_job_word(const struct http_load_job *job, cfg_t *section,
    const char *key, const char *const *words, unsigned count);

/* The path that KEY of SECTION names, absolute; false: too long, an error. */
bool http_load_job_path(const struct http_load_job *job, cfg_t *section,
    const char *key, char path[PATH_MAX]) __attribute__((warn_unused_result));

/*
 * The text of the file PATH that KEY of SECTION names, NUL-terminated and its
 * length in *LEN; the caller frees it. NULL: an error was told: it cannot be
 * read, is no regular file, is longer than MOST bytes or has a NUL.
 */
char *http_load_job_text(const struct http_load_job *job, cfg_t *section,
    const char *key, const char *path, size_t most, size_t *len)
    __attribute__((warn_unused_result));

/* Copies the LEN bytes of TEXT to the memory of what is loaded. */
struct span http_load_job_copy(
    const struct http_load_job *job, const void *text, size_t len);

#endif
