/* netlab.c — the client: what the user typed → a verb. */
#include "client/complain.h"
#include "client/help.h"
#include "client/options.h"
#include "client/verbs.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* What is closed would be given to a server or to a file, and hear there what
 * is meant for standard output and for people: something takes its place that
 * can neither be read nor written. */
static bool
fill_gaps(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) == -1 &&
		    open("/dev/null",
		        fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) == -1)
			return false;
	return true;
}

/* What was printed is worth nothing until it is written. */
static int
finish(int status)
{
	if (fflush(stdout) == EOF || ferror(stdout) != 0)
		return complain(status == VERB_GOOD ? VERB_MALFORMED : status,
		    "standard output: cannot be written");
	return status;
}

static bool
is_help(const char *word)
{
	return strcmp(word, "help") == 0 || strcmp(word, "--help") == 0 ||
	       strcmp(word, "-h") == 0;
}

int
main(int argc, char **argv)
{
	struct options options;

	if (!fill_gaps())
		return complain(
		    VERB_MALFORMED, "/dev/null: %s", strerror(errno));
	setlocale(LC_CTYPE, "");
	if (argc < 2)
		return finish(help_usage());
	if (is_help(argv[1]))
		return finish(help_print(argv + 2));
	if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "-V") == 0)
		return finish(help_version());
	const struct verb *verb = verbs_find(argv[1]);

	if (verb == NULL)
		return complain(
		    VERB_USAGE, "no verb \"%s\": try netlab help", argv[1]);
	if (argc == 3 &&
	    (strcmp(argv[2], "--help") == 0 || strcmp(argv[2], "-h") == 0))
		return finish(help_print(argv + 1));
	int status = options_read(verb, argv + 2, &options);

	return finish(
	    status == VERB_GOOD ? verb->run(&options, argv + 2) : status);
}
