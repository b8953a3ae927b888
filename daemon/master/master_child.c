/* master_child.c — from the master to a worker. */
#include "master/master_child.h"

#include "core/heritage.h"
#include "core/title.h"
#include "master/master_detach.h"
#include "master/master_drop.h"
#include "master/master_keep.h"
#include "master/master_listen.h"
#include "master/master_oom.h"
#include "service.h"
#include "worker/worker.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

/* All that a worker keeps open: standard streams, image, control, its sockets
 * and its rooms' files. */
enum {
	KEPT_MAX =
	    3 + 2 + SETTINGS_LISTEN_MAX + STATS_SERVICE_MAX * HERITAGE_FILE_MAX,
};

/* What the child works with; on its heap, for worker_run borrows it. */
struct estate {
	struct heritage heritage;
	struct heritage_socket sockets[SETTINGS_LISTEN_MAX];
	unsigned kept[KEPT_MAX];
	size_t kept_count;
};

static void
keep(struct estate *estate, int fd)
{
	estate->kept[estate->kept_count++] = (unsigned)fd;
}

static int
compare(const void *a, const void *b)
{
	unsigned x = *(const unsigned *)a, y = *(const unsigned *)b;

	return (x > y) - (x < y);
}

/* Closes the gaps between the kept ones: whatever the master, its libraries or
 * its parent had open, a worker has no part in it. */
static void
close_others(struct estate *estate)
{
	unsigned next = 3;

	qsort(
	    estate->kept, estate->kept_count, sizeof(estate->kept[0]), compare);
	for (size_t i = 0; i < estate->kept_count; i++) {
		if (estate->kept[i] > next)
			close_range(next, estate->kept[i] - 1, 0);
		if (estate->kept[i] >= next)
			next = estate->kept[i] + 1;
	}
	close_range(next, ~0U, 0);
}

/* Those of its role's services: a DNS worker has no business with the web's
 * pages. */
static void
set_files(struct estate *estate, const struct loaded *loaded)
{
	for (size_t i = 0; i < services_count; i++) {
		if (services[i]->role != estate->heritage.role)
			continue;
		estate->heritage.files[i] = loaded->files[i];
		estate->heritage.file_count[i] = loaded->file_count[i];
		for (size_t k = 0; k < loaded->file_count[i]; k++)
			keep(estate, loaded->files[i][k]);
	}
}

/* All that crosses the fork; NULL: no memory. */
static struct estate *
inherit(const struct master *master, const struct master_worker *worker,
    int control)
{
	const struct master_generation *generation = worker->generation;
	struct estate *estate = calloc(1, sizeof(*estate));

	if (estate == NULL)
		return NULL;
	estate->heritage = (struct heritage){
	    .role = worker->role,
	    .slot = worker->slot,
	    .generation = generation->number,
	    .image = &generation->image,
	    .sockets = estate->sockets,
	    .counters = &master->counters[worker->counters],
	    .shared = master->shared,
	    .control = control,
	    .master = master->pid,
	};
	estate->heritage.socket_count =
	    master_listen_of_slot(master, worker->role, worker->slot,
	        generation == master->upcoming, estate->sockets);
	for (size_t i = 0; i < estate->heritage.socket_count; i++)
		keep(estate, estate->sockets[i].fd);
	set_files(estate, &generation->loaded);
	keep(estate, generation->image.fd);
	keep(estate, control);
	return estate;
}

/* TERM ends a worker (an administrator's kill); the rest is between the
 * terminal and the master. */
static void
reset_signals(void)
{
	static const int ignored[] = {
	    SIGINT, SIGQUIT, SIGHUP, SIGUSR1, SIGUSR2, SIGPIPE};
	sigset_t none;

	for (size_t i = 0; i < sizeof(ignored) / sizeof(ignored[0]); i++)
		signal(ignored[i], SIG_IGN);
	signal(SIGTERM, SIG_DFL);
	signal(SIGCHLD, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

/* A mapping that is not ours would keep an old image's memory in use for as
 * long as this worker lives. */
static void
forget_other_images(
    const struct master *master, const struct master_generation *own)
{
	for (struct master_generation *other = master->generations;
	     other != NULL; other = other->next)
		if (other != own)
			image_unmap(&other->image);
}

/* One that outlives its generation keeps what it reads of the image alone: the
 * zones of weeks ago would stay in memory with the rest. Without memory for
 * that they do. */
static void
shrink_image(struct master_generation *own, enum role role)
{
	struct image image;
	int fd = image_excerpt(&own->image, master_keep_parts(role));

	if (fd == -1)
		return;
	if (!image_map(&image, fd)) {
		close(fd);
		return;
	}
	image_unmap(&own->image);
	own->image = image;
	own->settings = settings_of(&own->image);
}

/* Its lines go where the master's go, by a connection of its own. */
static void
open_log(const struct master *master, const struct master_worker *worker)
{
	const struct settings *settings = worker->generation->settings;
	char prefix[48];

	if (!master->options->is_foreground)
		log_open(LOG_TARGET_SYSLOG, settings->log_facility,
		    settings->log_level);
	snprintf(prefix, sizeof(prefix),
	    "%s worker %u: ", settings_role_name(worker->role), worker->slot);
	log_set_prefix(prefix);
}

static _Noreturn void
become_worker(const struct master *master, const struct master_worker *worker,
    int control)
{
	if (master_keep_is_for(worker->role))
		shrink_image(worker->generation, worker->role);
	struct estate *estate = inherit(master, worker, control);

	if (estate == NULL)
		_exit(EXIT_FAILURE);
	title_set("netlabd: %s worker %u", settings_role_name(worker->role),
	    worker->slot);
	reset_signals();
	forget_other_images(master, worker->generation);
	/* The log's own descriptor is among those to be closed, and libc must
	 * not go on to use its number. */
	log_open(LOG_TARGET_STDERR, 0, worker->generation->settings->log_level);
	close_others(estate);
	if (!master->options->is_foreground)
		master_detach_streams();
	open_log(master, worker);
	if (!master_drop_all())
		_exit(EXIT_FAILURE);
	/* After the drop, which would clear it. The master may have died
	 * before this call: then nobody will send the signal. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != master->pid)
		_exit(EXIT_SUCCESS);
	worker_run(&estate->heritage);
}

bool
master_child_fork(struct master *master, struct master_worker *worker)
{
	int pair[2];

	master_assert(master);
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK,
	        0, pair) == -1)
		return false;
	master_oom_expose(master);
	pid_t pid = fork();

	if (pid == 0)
		become_worker(master, worker, pair[1]);
	int saved_errno = errno;

	master_oom_protect(master);

	close(pair[1]);
	if (pid == -1) {
		close(pair[0]);
		errno = saved_errno;
		return false;
	}
	worker->pid = pid;
	worker->control.fd = pair[0];
	return true;
}
