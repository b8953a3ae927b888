/*
 * The tests of one folder, or of one file that replaces a part of the library:
 *
 *     build/tests/unit/core/tests [conf_test …]
 *
 * runs each file, or those of the names given, in a process of its own: what
 * one leaves behind or dies of is not the next one's. Around the output of each
 * stand "# unit: FILE" and "# status: N", as a shell would say it: 128 and the
 * signal for one that crashed. The exit status is 0 when all are 0; 2 when a
 * name is none of ours.
 */
#include "unit.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Seconds: the slowest takes 4 with the sanitizers, on a machine with nothing
 * else. */
enum { UNIT_LIMIT_S = 120 };

static struct unit *units;

void
unit_add(struct unit *unit)
{
	struct unit **end = &units;

	while (*end != NULL)
		end = &(*end)->next;
	*end = unit;
}

/* Whether UNIT is tests/unit/…/NAME.c. */
static bool
is_named(const struct unit *unit, const char *name)
{
	const char *file = strrchr(unit->path, '/') + 1;
	size_t len = strlen(name);

	return strncmp(file, name, len) == 0 && strcmp(file + len, ".c") == 0;
}

/* Whether all COUNT names are those of units. */
static bool
are_known(size_t count, char *const names[])
{
	for (size_t i = 0; i < count; i++) {
		const struct unit *unit = units;

		while (unit != NULL && !is_named(unit, names[i]))
			unit = unit->next;
		if (unit == NULL) {
			(void)fprintf(
			    stderr, "no such file of tests: %s\n", names[i]);
			return false;
		}
	}
	return true;
}

/* Whether UNIT is one of the COUNT names; of none, each is. */
static bool
is_wanted(const struct unit *unit, size_t count, char *const names[])
{
	bool is_wanted = count == 0;

	for (size_t i = 0; i < count && !is_wanted; i++)
		is_wanted = is_named(unit, names[i]);
	return is_wanted;
}

/* The shell's number for how PID ended, which is killed when its time is over.
 * CHILD is SIGCHLD alone, and blocked. */
static int
status_of(pid_t pid, const sigset_t *child)
{
	const struct timespec limit = {.tv_sec = UNIT_LIMIT_S};
	int status;

	if (sigtimedwait(child, NULL, &limit) == -1 && errno == EAGAIN)
		(void)kill(pid, SIGKILL);
	if (waitpid(pid, &status, 0) == -1)
		return EXIT_FAILURE;
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status)
	                           : WEXITSTATUS(status);
}

static int
run(const struct unit *unit)
{
	sigset_t child, before;
	pid_t pid;
	int status;

	(void)sigemptyset(&child);
	(void)sigaddset(&child, SIGCHLD);
	(void)sigprocmask(SIG_BLOCK, &child, &before);
	printf("# unit: %s\n", unit->path);
	(void)fflush(stdout);
	pid = fork();
	if (pid == 0) {
		(void)sigprocmask(SIG_SETMASK, &before, NULL);
		exit(unit->run());
	}
	status = pid == -1 ? EXIT_FAILURE : status_of(pid, &child);
	/* Its last line may have no end. */
	printf("%s# status: %d\n", status == 0 ? "" : "\n", status);
	return status;
}

int
main(int argc, char *argv[])
{
	const size_t count = (size_t)argc - 1;
	int status = EXIT_SUCCESS;

	if (!are_known(count, argv + 1))
		return 2;
	for (const struct unit *unit = units; unit != NULL; unit = unit->next) {
		if (is_wanted(unit, count, argv + 1) && run(unit) != 0)
			status = EXIT_FAILURE;
	}
	return status;
}
