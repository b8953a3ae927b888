/* master_admin.c — the admin socket, the daemon's side. */
#include "master/master_admin.h"

#include "core/admin.h"
#include "master/master_admin_peer.h"
#include "master/master_loop.h"
#include "master/master_socket.h"
#include "master/master_state.h"
#include "master/master_status.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

/* The lock on the pidfile says that a socket of that name has been left behind;
 * anything else of that name is not ours, and bind fails for it. */
static void
remove_old(const char *path)
{
	struct stat status;

	if (lstat(path, &status) == 0 && S_ISSOCK(status.st_mode))
		unlink(path);
}

/* Bound with mode 0600. Returns it or -1: errno. */
static int
open_socket(const struct sockaddr_un *address, uid_t uid)
{
	int fd =
	    socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd == -1)
		return -1;
	remove_old(address->sun_path);
	mode_t mask = umask(0177);
	int result =
	    bind(fd, (const struct sockaddr *)address, sizeof(*address));

	umask(mask);
	if (result == 0 &&
	    (uid == (uid_t)-1 ||
	        lchown(address->sun_path, uid, (gid_t)-1) == 0) &&
	    listen(fd, MASTER_ADMIN_PEER_MAX) == 0)
		return fd;
	int saved_errno = errno;

	close(fd);
	errno = saved_errno;
	return -1;
}

void
master_admin_open(struct master *master, uid_t uid)
{
	struct sockaddr_un address;

	master_assert(master);
	if (master->pidfile == -1)
		return;
	if (!admin_path(master->pidfile_path, &address)) {
		log_warn("pidfile %s: the name is too long for an admin socket "
		         "beside it",
		    master->pidfile_path);
		return;
	}
	master->admin.fd = open_socket(&address, uid);
	if (master->admin.fd == -1 ||
	    !master_loop_watch(master, &master->admin))
		log_warn(
		    "admin socket %s: %s", address.sun_path, strerror(errno));
}

void
master_admin_take(struct master *master, int fd)
{
	master_assert(master);
	if (!master_socket_is_packet(fd, true)) {
		log_warn("handover: descriptor %d is no admin socket", fd);
		close(fd);
		return;
	}
	master->admin.fd = fd;
	if (!master_loop_watch(master, &master->admin))
		log_warn("admin socket: %s", strerror(errno));
}

void
master_admin_close(struct master *master)
{
	struct sockaddr_un address;

	master_assert(master);
	for (size_t i = 0; i < MASTER_ADMIN_PEER_MAX; i++) {
		if (master->peers[i].wait != MASTER_WAIT_NONE)
			master_admin_peer_say(
			    &master->peers[i], '-', ADMIN_STOPS);
		master_admin_peer_end(master, &master->peers[i]);
	}
	if (master->admin.fd == -1)
		return;
	master_loop_forget(master, &master->admin);
	close(master->admin.fd);
	master->admin.fd = -1;
	/* Where the folder is root's it stays, and refuses connections. */
	if (admin_path(master->pidfile_path, &address))
		unlink(address.sun_path);
}

static bool
is_welcome(int fd)
{
	struct ucred peer;
	socklen_t len = sizeof(peer);

	return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &len) == 0 &&
	       (peer.uid == 0 || peer.uid == geteuid());
}

void
master_admin_accept(struct master *master, struct master_source *source)
{
	master_assert(master);
	int fd = accept4(source->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

	if (fd == -1)
		return;
	const char *refusal = NULL;

	if (!is_welcome(fd))
		refusal = "not its business";
	else if (!master_admin_peer_add(
	             master, fd, MASTER_WORK_RELOAD, MASTER_WAIT_NONE))
		refusal = "too many ask at once";
	if (refusal == NULL)
		return;
	log_warn("an admin peer is turned away: %s", refusal);
	master_admin_peer_say(
	    &(const struct master_admin_peer){.source.fd = fd}, '-', refusal);
	close(fd);
}

void
master_admin_take_peer(
    struct master *master, int fd, enum master_work work, enum master_wait wait)
{
	master_assert(master);
	if (!master_socket_is_packet(fd, false) ||
	    !master_admin_peer_add(master, fd, work, wait))
		close(fd);
}

/* What takes its time: the outcome comes by master_admin_end. */
static void
answer_work(struct master *master, struct master_admin_peer *peer,
    enum master_work work, enum master_event event)
{
	peer->work = work;
	peer->wait = MASTER_WAIT_NEXT;
	master_state_event(master, event);
}

static void
answer_reload(struct master *master, struct master_admin_peer *peer)
{
	answer_work(master, peer, MASTER_WORK_RELOAD, MASTER_EVENT_RELOAD);
}

static void
answer_upgrade(struct master *master, struct master_admin_peer *peer)
{
	answer_work(master, peer, MASTER_WORK_UPGRADE, MASTER_EVENT_UPGRADE);
}

/* The text is whole before it goes, however slowly the peer will read it. A
 * program that took over and was told to stop at once has none. */
static void
answer_status(struct master *master, struct master_admin_peer *peer)
{
	int fd = -1;

	errno = ESHUTDOWN;
	if (master->counters != NULL)
		fd = master_status_take(master);
	if (fd == -1) {
		master_admin_peer_say(peer, '-', strerror(errno));
	} else {
		master_admin_peer_say_with(peer, ADMIN_STATUS, fd);
		close(fd);
	}
	master_admin_peer_end(master, peer);
}

static const struct question {
	const char *text;
	void (*answer)(struct master *, struct master_admin_peer *);
} questions[] = {
    {ADMIN_RELOAD, answer_reload},
    {ADMIN_UPGRADE, answer_upgrade},
    {ADMIN_STATUS, answer_status},
};

/* NULL: nothing that is asked here. */
static const struct question *
find_question(const char *text, size_t len)
{
	for (size_t i = 0; i < sizeof(questions) / sizeof(questions[0]); i++)
		if (len == strlen(questions[i].text) &&
		    memcmp(text, questions[i].text, len) == 0)
			return &questions[i];
	return NULL;
}

void
master_admin_receive(struct master *master, struct master_source *source)
{
	struct master_admin_peer *peer = (struct master_admin_peer *)source;
	char text[32];

	master_assert(master);
	ssize_t len = recv(source->fd, text, sizeof(text), MSG_DONTWAIT);

	if (len == -1 && (errno == EAGAIN || errno == EINTR))
		return;
	const struct question *question =
	    len > 0 ? find_question(text, (size_t)len) : NULL;

	if (question != NULL)
		question->answer(master, peer);
	else
		master_admin_peer_end(master, peer);
}

void
master_admin_begin(struct master *master, enum master_work work)
{
	for (size_t i = 0; i < MASTER_ADMIN_PEER_MAX; i++)
		if (master->peers[i].wait == MASTER_WAIT_NEXT &&
		    master->peers[i].work == work)
			master->peers[i].wait = MASTER_WAIT_THIS;
}

void
master_admin_tell(struct master *master, const char *line)
{
	for (size_t i = 0; i < MASTER_ADMIN_PEER_MAX; i++)
		if (master->peers[i].wait == MASTER_WAIT_THIS &&
		    master_admin_peer_has_room(&master->peers[i]))
			master_admin_peer_say(&master->peers[i], '=', line);
}

void
master_admin_end(struct master *master, const char *line, bool is_done)
{
	for (size_t i = 0; i < MASTER_ADMIN_PEER_MAX; i++) {
		if (master->peers[i].wait != MASTER_WAIT_THIS)
			continue;
		master_admin_peer_say(
		    &master->peers[i], is_done ? '+' : '-', line);
		master_admin_peer_end(master, &master->peers[i]);
	}
}
