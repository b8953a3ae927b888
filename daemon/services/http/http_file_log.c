/* http_file_log.c — the access log of a worker. */
#include "services/http/http_file_log.h"

#include "core/log.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
	/* So many lines are one write(2). The byte before them is for the end
	 * of a line that was torn. */
	BUFFER_SIZE = 65536,
};

bool
http_file_log_open(struct http_file_log *log, const struct http_load_log *where)
{
	bool is_file = where->kind == HTTP_LOAD_LOG_FILE;

	*log = (struct http_file_log){
	    .fd = is_file ? where->fd : -1,
	    .format = where->is_json ? HTTP_RECORD_JSON : HTTP_RECORD_COMBINED,
	    .buffer = malloc(is_file ? 1 + BUFFER_SIZE : HTTP_RECORD_LINE_MAX),
	    .seconds = INT64_MIN,
	};
	if (log->buffer != NULL && is_file)
		log->buffer[0] = '\n';
	return log->buffer != NULL;
}

static uint64_t
count_lines(const uint8_t *bytes, size_t len)
{
	uint64_t count = 0;

	for (size_t i = 0; i < len; i++)
		count += bytes[i] == '\n';
	return count;
}

/* Tells once that lines are lost, and once how many were. */
static void
tell(struct http_file_log *log, uint64_t lost)
{
	if (lost > 0 && log->lost == 0)
		log_warn("access log: %s: lines are dropped until it can be "
		         "written again",
		    strerror(errno));
	if (lost == 0 && log->lost > 0) {
		log_notice("access log: written again; lines dropped: %" PRIu64,
		    log->lost);
		log->lost = 0;
	}
	log->lost += lost;
}

void
http_file_log_flush(struct http_file_log *log)
{
	const uint8_t *lines = log->buffer + 1;
	const uint8_t *start = log->is_torn ? log->buffer : lines;
	const uint8_t *end = lines + log->len;
	const uint8_t *at = start;

	if (log->len == 0)
		return;
	log->len = 0;
	while (at < end) {
		ssize_t written = write(log->fd, at, (size_t)(end - at));

		if (written > 0)
			at += written;
		else if (written == 0 || errno != EINTR)
			break;
	}
	if (at > start)
		log->is_torn = at[-1] != '\n';
	if (at < lines)
		at = lines;
	tell(log, count_lines(at, (size_t)(end - at)));
}

/* Lines bear the second, which is written once, and the millisecond. */
static void
set_moment(struct http_file_log *log)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME_COARSE, &now);
	if (now.tv_sec != log->seconds) {
		log->seconds = now.tv_sec;
		http_date_format(now.tv_sec, log->moment.date);
		http_date_format_iso(now.tv_sec, log->moment.iso);
	}
	log->moment.milliseconds = (unsigned)(now.tv_nsec / 1000000);
}

void
http_file_log_add(struct http_file_log *log, const struct http_record *record)
{
	bool is_file = log->fd != -1;
	uint8_t *at = log->buffer + (is_file ? 1 + log->len : 0);

	set_moment(log);
	size_t len = http_record_write(record, log->format, &log->moment,
	    (struct space){at, HTTP_RECORD_LINE_MAX});

	if (!is_file) {
		log_line((const char *)at, len - 1);
		return;
	}
	log->len += len;
	if (BUFFER_SIZE - log->len < HTTP_RECORD_LINE_MAX)
		http_file_log_flush(log);
}
