/* title.c — what ps shows. */
#include "core/title.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

/* Mutable on purpose: the kernel gives a process one such place. */
static struct {
	char *start;
	size_t size;
} area;

/* The environment's strings, copied: libc and we go on reading it. NULL: no
 * memory. */
static char **
copy_environment(size_t count)
{
	char **copy = calloc(count + 1, sizeof(*copy));

	for (size_t i = 0; copy != NULL && i < count; i++) {
		copy[i] = strdup(environ[i]);
		if (copy[i] == NULL)
			return NULL;
	}
	return copy;
}

void
title_init(int argc, char **argv)
{
	char *end = argc > 0 ? argv[0] : NULL;
	size_t count = 0;

	/* The kernel lays the strings side by side; one that is not has been
	 * put there by somebody else. */
	for (int i = 0; i < argc && argv[i] == end; i++)
		end += strlen(argv[i]) + 1;
	for (; environ[count] != NULL; count++)
		if (environ[count] == end)
			end += strlen(environ[count]) + 1;
	char **copy = copy_environment(count);

	if (end == NULL || copy == NULL)
		return; /* ps shows the command line, then */
	environ = copy;
	area.start = argv[0];
	area.size = (size_t)(end - argv[0]);
}

void
title_set(const char *format, ...)
{
	char title[64];
	const char *name;
	va_list args;

	va_start(args, format);
	vsnprintf(title, sizeof(title), format, args);
	va_end(args);
	name = strstr(title, ": ");
	prctl(PR_SET_NAME, name == NULL ? title : name + 2);
	if (area.size == 0)
		return;
	memset(area.start, 0, area.size);
	snprintf(area.start, area.size, "%s", title);
}
