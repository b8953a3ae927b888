/* log.c — one line to syslog(3), or to standard error in the foreground. */
#include "core/log.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <syslog.h>
#include <unistd.h>

/* Mutable on purpose: where this process's lines go is a property of the
 * process, and every function that may log would have to carry it. */
static struct {
	enum log_target target;
	int level;
	bool is_journal; /* standard error is */
	char prefix[48];
} self = {.target = LOG_TARGET_STDERR, .level = LOG_INFO};

void
log_open(enum log_target target, int facility, int level)
{
	if (self.target != LOG_TARGET_STDERR)
		closelog();
	self.target = target;
	self.level = level;
	if (target != LOG_TARGET_STDERR)
		openlog("netlabd", LOG_PID | LOG_NDELAY, facility);
}

void
log_set_level(int level)
{
	self.level = level;
}

void
log_set_prefix(const char *prefix)
{
	snprintf(self.prefix, sizeof(self.prefix), "%s",
	    prefix == NULL ? "" : prefix);
}

bool
log_find_journal(void)
{
	const char *name = getenv("JOURNAL_STREAM");
	struct stat status;
	char own[48];

	self.is_journal = false;
	if (name != NULL && fstat(STDERR_FILENO, &status) == 0) {
		snprintf(own, sizeof(own), "%ju:%ju", (uintmax_t)status.st_dev,
		    (uintmax_t)status.st_ino);
		self.is_journal = strcmp(name, own) == 0;
	}
	return self.is_journal;
}

/* What begins a line: the journal knows who writes, but not how urgent it is
 * (sd-daemon(3)). */
static int
write_start(int level, char start[32])
{
	return self.is_journal
	           ? snprintf(start, 32, "<%d>", level)
	           : snprintf(start, 32, "netlabd[%d]: ", (int)getpid());
}

/* One write(2) a line, so that lines of several processes never mix. */
static void
write_stderr(int level, const char *text)
{
	char line[1280], start[32];

	write_start(level, start);
	int len =
	    snprintf(line, sizeof(line), "%s%s%s\n", start, self.prefix, text);

	if (len < 0)
		return;
	if ((size_t)len >= sizeof(line)) {
		len = (int)sizeof(line) - 1;
		line[len - 1] = '\n';
	}
	if (write(STDERR_FILENO, line, (size_t)len) == -1)
		return; /* nobody is left to be told */
}

__attribute__((format(printf, 2, 0))) static void
write_line(int level, const char *format, va_list args)
{
	char text[1024];
	int saved_errno = errno;

	if (level > self.level)
		return;
	vsnprintf(text, sizeof(text), format, args);
	/* What a library or a file's name says must not look like a line. */
	for (char *c = text; *c != '\0'; c++)
		if (*c == '\n' || *c == '\r')
			*c = ' ';
	if (self.target != LOG_TARGET_SYSLOG)
		write_stderr(level, text);
	if (self.target != LOG_TARGET_STDERR)
		syslog(level, "%s%s", self.prefix, text);
	errno = saved_errno;
}

void
log_error(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	write_line(LOG_ERR, format, args);
	va_end(args);
}

void
log_warn(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	write_line(LOG_WARNING, format, args);
	va_end(args);
}

void
log_notice(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	write_line(LOG_NOTICE, format, args);
	va_end(args);
}

void
log_info(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	write_line(LOG_INFO, format, args);
	va_end(args);
}

void
log_debug(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	write_line(LOG_DEBUG, format, args);
	va_end(args);
}

void
log_line(const char *text, size_t len)
{
	int saved_errno = errno;

	if (LOG_INFO > self.level)
		return;
	if (self.target != LOG_TARGET_SYSLOG) {
		char start[32];
		int start_len = write_start(LOG_INFO, start);
		const struct iovec parts[] = {
		    {start, (size_t)start_len},
		    {(void *)(uintptr_t)text, len},
		    {(void *)(uintptr_t) "\n", 1},
		};

		/* Where it fails, nobody is left to be told. */
		(void)!writev(STDERR_FILENO, parts, 3);
	}
	if (self.target != LOG_TARGET_STDERR)
		syslog(LOG_INFO, "%.*s", (int)len, text);
	errno = saved_errno;
}

struct named_number {
	const char *name;
	int number;
};

static int
find(const struct named_number *table, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(table[i].name, name) == 0)
			return table[i].number;
	return -1;
}

int
log_level_from_name(const char *name)
{
	static const struct named_number levels[] = {
	    {"error", LOG_ERR},
	    {"warning", LOG_WARNING},
	    {"notice", LOG_NOTICE},
	    {"info", LOG_INFO},
	    {"debug", LOG_DEBUG},
	};

	return find(levels, sizeof(levels) / sizeof(levels[0]), name);
}

int
log_facility_from_name(const char *name)
{
	static const struct named_number facilities[] = {
	    {"daemon", LOG_DAEMON},
	    {"user", LOG_USER},
	    {"local0", LOG_LOCAL0},
	    {"local1", LOG_LOCAL1},
	    {"local2", LOG_LOCAL2},
	    {"local3", LOG_LOCAL3},
	    {"local4", LOG_LOCAL4},
	    {"local5", LOG_LOCAL5},
	    {"local6", LOG_LOCAL6},
	    {"local7", LOG_LOCAL7},
	};

	return find(
	    facilities, sizeof(facilities) / sizeof(facilities[0]), name);
}
