/* command.h — netlabd's command line: what the user typed. */
#ifndef NETLAB_COMMAND_H
#define NETLAB_COMMAND_H

#include <stdbool.h>
#include <stdio.h>

/* What is to be done. */
enum command_action {
	COMMAND_RUN,
	COMMAND_TEST,
	COMMAND_RELOAD,
	COMMAND_UPGRADE,
	COMMAND_DUMP_ZONE,
	COMMAND_VERSION,
	COMMAND_HELP,
	COMMAND_WRONG, /* nothing: it was not understood */
};

enum { COMMAND_COUNT = 8 };

/* What else was typed. The strings are those of ARGV, or static. */
struct command {
	const char *file; /* the configuration; never NULL */
	const char *zone; /* to be printed */
	bool is_foreground;
	int handover; /* descriptor; -1: none */
};

/* Reads the command line, once in a process: fills OUT and returns what is to
 * be done. Of an unknown option getopt_long has told standard error. */
enum command_action command_read(int argc, char **argv, struct command *out);

/* The options in a line or two; and all that --help says. */
void command_print_usage(FILE *out);
void command_print_help(FILE *out);

#endif
