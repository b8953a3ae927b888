/* complain.c — what went wrong, in one line on standard error. */
#include "client/complain.h"

#include "client/plain.h"

#include <stdarg.h>
#include <stdio.h>

enum { COMPLAINT_MAX = 1024 };

int
complain(int status, const char *format, ...)
{
	char text[COMPLAINT_MAX];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	fflush(stdout);
	fputs("netlab: ", stderr);
	plain_write(stderr, span_of(text));
	fputc('\n', stderr);
	return status;
}
