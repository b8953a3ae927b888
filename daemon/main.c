/* main.c — what the user typed → what the program does. */
#include "core/log.h"
#include "core/title.h"
#include "core/version.h"
#include "loader/loader.h"
#include "loader/loader_conf.h"
#include "master/master.h"
#include "master/master_admin.h"
#include "master/master_handover_memory.h"
#include "master/master_probe.h"
#include "service.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>

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
    "Exit status: 0 done; 1 failed; 2 wrong option; 78 the configuration is "
    "wrong.\n";

enum action {
	ACTION_RUN,
	ACTION_TEST,
	ACTION_RELOAD,
	ACTION_UPGRADE,
	ACTION_DUMP_ZONE,
	ACTION_VERSION,
	ACTION_HELP,
	ACTION_WRONG,
};

enum { ACTION_COUNT = 8 };

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

/* What else the user typed. */
struct command {
	const char *file; /* the configuration */
	const char *zone; /* to be printed */
	bool is_foreground;
	int handover; /* descriptor; -1: none */
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
static enum action
parse(int argc, char **argv, struct command *command)
{
	enum action action = ACTION_RUN;
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
			action = ACTION_TEST;
			break;
		case OPTION_RELOAD:
			action = ACTION_RELOAD;
			break;
		case OPTION_UPGRADE:
			action = ACTION_UPGRADE;
			break;
		case OPTION_HANDOVER:
			command->handover = descriptor(optarg);
			if (command->handover == -1)
				return ACTION_WRONG;
			break;
		case OPTION_DUMP_ZONE:
			action = ACTION_DUMP_ZONE;
			command->zone = optarg;
			break;
		case 'V':
			return ACTION_VERSION;
		case 'h':
			return ACTION_HELP;
		default:
			return ACTION_WRONG; /* getopt has said which */
		}
	}
	return optind < argc ? ACTION_WRONG : action;
}

/* FILE by a name that is good from any folder, for a daemon works in "/". A
 * symbolic link stays one: what it points to may change before a reload.
 * NULL: no memory, or no current folder. The caller owns it. */
static char *
absolute(const char *file)
{
	char *folder, *path = NULL;

	if (*file == '/')
		return strdup(file);
	folder = getcwd(NULL, 0);
	if (folder != NULL && asprintf(&path, "%s/%s", folder, file) == -1)
		path = NULL;
	free(folder);
	return path;
}

static int
run(const struct command *command)
{
	const struct master_options run_options = {
	    .file = command->file,
	    .is_foreground = command->is_foreground,
	    .handover = command->handover,
	};

	if (command->is_foreground)
		log_find_journal();
	return master_run(&run_options);
}

static void
tell(void *context, bool is_error, const char *line)
{
	(void)context;
	fprintf(stderr, "%s%s\n", is_error ? "" : "warning: ", line);
}

/* The addresses of what was LOADED, for a program that goes on with HANDOVER.
 */
static bool
can_listen(struct loaded *loaded, const struct master_handover *handover)
{
	struct image image;

	if (!image_map(&image, loaded->image_fd)) {
		log_error("image: %s", strerror(errno));
		return false;
	}
	loaded->image_fd = -1;
	const struct settings *settings = settings_of(&image);
	bool can =
	    settings != NULL && master_probe(settings, handover, tell, NULL);

	image_unmap(&image);
	return can;
}

/* Whether a daemon could start, and reload, from FILE, or go on with HANDOVER
 * unless that is NULL; what is wrong is told. */
static bool
is_good(const char *file, const struct master_handover *handover)
{
	struct report report = {.tell = tell};
	struct loaded loaded;

	if (!loader_build(file, NULL, &report, &loaded))
		return false;
	bool is_free = handover == NULL || can_listen(&loaded, handover);

	loader_release(&loaded);
	return is_free && report.broken == 0;
}

/* As a program that is to take over is asked. */
static int
test_handover(const struct command *command)
{
	struct master_handover handover;

	if (!master_handover_memory_read(command->handover, &handover))
		return MASTER_EXIT_USAGE;
	bool can = is_good(command->file, &handover);

	master_handover_release(&handover);
	return can ? 0 : 1;
}

static int
test(const struct command *command)
{
	if (command->handover != -1)
		return test_handover(command);
	if (!is_good(command->file, NULL))
		return 1;
	fprintf(stderr, "%s: ok\n", command->file);
	return 0;
}

/* What is wrong is the daemon's to find and to tell: it is asked next. */
static void
tell_nobody(void *context, bool is_error, const char *line)
{
	(void)context;
	(void)is_error;
	(void)line;
}

/* Writes the pidfile that FILE names to OUT, "" where it names none, whatever
 * else may be wrong with FILE. Reads no zones. */
static void
find_pidfile(const char *file, char out[SETTINGS_PATH_MAX])
{
	static struct loader_grammar grammar;
	static struct settings settings;
	const struct loader_table table = {services, services_count};
	struct report report = {.tell = tell_nobody};

	out[0] = '\0';
	loader_conf_grammar(&grammar, &table);
	struct conf *conf = conf_open(file, grammar.top, &report);

	if (conf == NULL)
		return;
	loader_conf_settings(conf, &table, &settings);
	snprintf(out, SETTINGS_PATH_MAX, "%s", settings.pidfile);
	conf_close(conf);
}

/* Has the daemon that runs do WORK, or says by which SIGNAL it can be told. */
static int
ask(const struct command *command, enum master_work work, const char *signal)
{
	char pidfile[SETTINGS_PATH_MAX];

	find_pidfile(command->file, pidfile);
	if (pidfile[0] != '\0')
		return master_admin_ask(pidfile, work);
	if (is_good(command->file, NULL))
		fprintf(stderr,
		    "netlabd: %s names no pidfile: send %s to the daemon "
		    "instead\n",
		    command->file, signal);
	return 1;
}

static int
reload(const struct command *command)
{
	return ask(command, MASTER_WORK_RELOAD, "SIGHUP");
}

static int
upgrade(const struct command *command)
{
	return ask(command, MASTER_WORK_UPGRADE, "SIGUSR2");
}

/* Has the first service whose part has a text print what is called NAME. */
static bool
dump_part(const struct image *image, const char *name, struct report *report)
{
	for (unsigned i = 0; i < services_count; i++) {
		const struct service_dump dump = {
		    .part = image_part(image, IMAGE_PART_SERVICE + i),
		    .name = name,
		    .out = stdout,
		    .report = report,
		};

		if (services[i]->dump != NULL)
			return services[i]->dump(&dump);
	}
	return false;
}

/* Whatever else is broken is told and does not matter. */
static int
dump_zone(const struct command *command)
{
	struct report report = {.tell = tell};
	struct loaded loaded;
	struct image image;

	if (!loader_build(command->file, NULL, &report, &loaded))
		return 1;
	if (!image_map(&image, loaded.image_fd)) {
		log_error("image: %s", strerror(errno));
		loader_release(&loaded);
		return 1;
	}
	loaded.image_fd = -1;
	bool is_dumped = dump_part(&image, command->zone, &report);

	image_unmap(&image);
	loader_release(&loaded);
	return is_dumped ? 0 : 1;
}

static int
print_version(const struct command *command)
{
	(void)command;
	printf("netlabd " NETLABD_VERSION "\n");
	return 0;
}

static int
print_help(const struct command *command)
{
	(void)command;
	printf("%s%s", usage, help);
	return 0;
}

static int
refuse(const struct command *command)
{
	(void)command;
	fputs(usage, stderr);
	return MASTER_EXIT_USAGE;
}

static int (*const actions[ACTION_COUNT])(const struct command *) = {
    [ACTION_RUN] = run,
    [ACTION_TEST] = test,
    [ACTION_RELOAD] = reload,
    [ACTION_UPGRADE] = upgrade,
    [ACTION_DUMP_ZONE] = dump_zone,
    [ACTION_VERSION] = print_version,
    [ACTION_HELP] = print_help,
    [ACTION_WRONG] = refuse,
};

int
main(int argc, char **argv)
{
	struct command command = {
	    .file = SYSCONFDIR "/netlabd.conf",
	    .handover = -1,
	};
	enum action action = parse(argc, argv, &command);
	char *file = absolute(command.file);

	if (file == NULL) {
		log_error("%s: %s", command.file, strerror(errno));
		return EXIT_FAILURE;
	}
	command.file = file;
	/* After this ARGV is the title's memory. */
	if (action == ACTION_RUN)
		title_init(argc, argv);
	int status = actions[action](&command);

	free(file);
	return status;
}
