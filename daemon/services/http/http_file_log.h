/*
 * http_file_log.h — the access log: lines are gathered and written in one go.
 * Several workers append to one file, each of them whole lines. A reload gives
 * the new workers a newly opened file; the old ones end in theirs, so that a
 * file that was renamed gets its last lines. Impure; a worker's own.
 */
#ifndef NETLAB_SERVICES_HTTP_FILE_LOG_H
#define NETLAB_SERVICES_HTTP_FILE_LOG_H

#include "services/http/http_load.h"
#include "services/http/http_record.h"

/* Private to http_file_log.c. */
struct http_file_log {
	int fd; /* borrowed; -1: lines go to syslog, each at once */
	enum http_record_format format;
	uint8_t *buffer; /* for the worker's life */
	size_t len;      /* of whole lines in it */
	bool is_torn;    /* the file ends within a line */
	uint64_t lost;   /* lines that could not be written, since it was said
	                    that they cannot */
	int64_t seconds; /* what moment.date says */
	struct http_record_moment moment;
};

/* Opens LOG as WHERE says, which is not off. False: no memory. */
bool http_file_log_open(struct http_file_log *log,
    const struct http_load_log *where) __attribute__((warn_unused_result));

/* Takes a line about RECORD at this moment; writes when too little room is left
 * for a next one. */
void http_file_log_add(
    struct http_file_log *log, const struct http_record *record);

/* Writes what is gathered. Lines that cannot be written (a full disk, a pipe
 * that nobody empties) are dropped: a log never holds up a worker. The first
 * one is told to the daemon's log, and how many there were when it works
 * again. */
void http_file_log_flush(struct http_file_log *log);

#endif
