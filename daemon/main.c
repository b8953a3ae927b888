/* main.c — what the user typed → what the program does. */
#include "command.h"
#include "core/log.h"
#include "core/title.h"
#include "core/version.h"
#include "loader/loader.h"
#include "loader/loader_conf.h"
#include "master/master.h"
#include "master/master_admin_ask.h"
#include "master/master_handover_memory.h"
#include "master/master_probe.h"
#include "service.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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
	command_print_help(stdout);
	return 0;
}

static int
refuse(const struct command *command)
{
	(void)command;
	command_print_usage(stderr);
	return MASTER_EXIT_USAGE;
}

static int (*const actions[COMMAND_COUNT])(const struct command *) = {
    [COMMAND_RUN] = run,
    [COMMAND_TEST] = test,
    [COMMAND_RELOAD] = reload,
    [COMMAND_UPGRADE] = upgrade,
    [COMMAND_DUMP_ZONE] = dump_zone,
    [COMMAND_VERSION] = print_version,
    [COMMAND_HELP] = print_help,
    [COMMAND_WRONG] = refuse,
};

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

int
main(int argc, char **argv)
{
	struct command command;
	enum command_action action = command_read(argc, argv, &command);
	char *file = absolute(command.file);

	if (file == NULL) {
		log_error("%s: %s", command.file, strerror(errno));
		return EXIT_FAILURE;
	}
	command.file = file;
	/* After this ARGV is the title's memory. */
	if (action == COMMAND_RUN)
		title_init(argc, argv);
	int status = actions[action](&command);

	free(file);
	return status;
}
