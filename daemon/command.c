/* command.c — netlabd's command line. */
#include "command.h"

#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#ifndef SYSCONFDIR
#define SYSCONFDIR "/etc"
#endif

static const char usage[] =
    "usage: netlabd [-c FILE] [-f] [-t] [-V] [-h] [--reload] "
    "[--upgrade]\n               [--dump-zone NAME]\n";

static const char help[] =
    "\n"
    "  -c, --config FILE   read FILE instead of " SYSCONFDIR "/netlabd.conf\n"
    "  -f, --foreground    do not detach; log to standard error\n"
    "  -t, --test          check configuration and zones, and exit\n"
    "      --reload        ask the running daemon to reload, wait for the "
    "outcome\n"
    "      --upgrade       ask it to become the program that is installed "
    "now\n"
    "      --dump-zone NAME\n"
    "                      print a zone as it is served\n"
    "  -V, --version       print the version\n"
    "  -h, --help          print this\n"
    "\n"
    "Exit status: 0 done; 1 failed; 2 wrong option; 75 the daemon stopped "
    "meanwhile;\n78 the configuration is wrong.\n";

/* In the place of a letter. */
enum {
	OPTION_RELOAD = 256,
	OPTION_UPGRADE,
	OPTION_DUMP_ZONE,
	OPTION_HANDOVER, /* from one netlabd to the next: nobody types it */
};

static const struct option options[] = {
    {"config", required_argument, NULL, 'c'},
    {"foreground", no_argument, NULL, 'f'},
    {"test", no_argument, NULL, 't'},
    {"version", no_argument, NULL, 'V'},
    {"help", no_argument, NULL, 'h'},
    {"reload", no_argument, NULL, OPTION_RELOAD},
    {"upgrade", no_argument, NULL, OPTION_UPGRADE},
    {"dump-zone", required_argument, NULL, OPTION_DUMP_ZONE},
    {"handover", required_argument, NULL, OPTION_HANDOVER},
    {NULL, 0, NULL, 0},
};

/* A descriptor behind the standard three; -1: TEXT is none. */
static int
descriptor(const char *text)
{
	char *end;
	long fd = strtol(text, &end, 10);

	return *text >= '0' && *text <= '9' && *end == '\0' &&
	               fd > STDERR_FILENO && fd <= INT_MAX
	           ? (int)fd
	           : -1;
}

/* Reads the command line; COMMAND is set as it says. */
static enum command_action
read_options(int argc, char **argv, struct command *command)
{
	enum command_action action = COMMAND_RUN;
	int letter;

	while (
	    (letter = getopt_long(argc, argv, "c:ftVh", options, NULL)) != -1) {
		switch (letter) {
		case 'c':
			command->file = optarg;
			break;
		case 'f':
			command->is_foreground = true;
			break;
		case 't':
			action = COMMAND_TEST;
			break;
		case OPTION_RELOAD:
			action = COMMAND_RELOAD;
			break;
		case OPTION_UPGRADE:
			action = COMMAND_UPGRADE;
			break;
		case OPTION_HANDOVER:
			command->handover = descriptor(optarg);
			if (command->handover == -1)
				return COMMAND_WRONG;
			break;
		case OPTION_DUMP_ZONE:
			action = COMMAND_DUMP_ZONE;
			command->zone = optarg;
			break;
		case 'V':
			return COMMAND_VERSION;
		case 'h':
			return COMMAND_HELP;
		default:
			return COMMAND_WRONG; /* getopt has said which */
		}
	}
	return optind < argc ? COMMAND_WRONG : action;
}

enum command_action
command_read(int argc, char **argv, struct command *out)
{
	*out = (struct command){
	    .file = SYSCONFDIR "/netlabd.conf",
	    .handover = -1,
	};
	return read_options(argc, argv, out);
}

void
command_print_usage(FILE *out)
{
	fputs(usage, out);
}

void
command_print_help(FILE *out)
{
	fprintf(out, "%s%s", usage, help);
}
