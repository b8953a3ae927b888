/* master_admin.c — the admin socket, the daemon's side. */
#include "master/master_admin.h"

#include "core/admin.h"
#include "master/master_loop.h"
#include "master/master_socket.h"
#include "master/master_state.h"
#include "master/master_status.h"

#include <errno.h>
#include <linux/sockios.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

enum { LINE_MAX_LEN = 1200 };

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

static void
end_peer(struct master *master, struct master_admin_peer *peer)
{
	if (peer->source.fd == -1)
		return;
	master_loop_forget(master, &peer->source);
	close(peer->source.fd);
	peer->source.fd = -1;
	peer->wait = MASTER_WAIT_NONE;
}

/* Half of the peer's queue is free: lines leave the rest to the outcome. */
static bool
has_room(const struct master_admin_peer *peer)
{
	int queued, size;
	socklen_t len = sizeof(size);

	return ioctl(peer->source.fd, SIOCOUTQ, &queued) == 0 &&
	       getsockopt(
	           peer->source.fd, SOL_SOCKET, SO_SNDBUF, &size, &len) == 0 &&
	       queued < size / 2;
}

/* Nothing waits for a peer that does not read: it loses lines, though not the
 * outcome. */
static void
say(const struct master_admin_peer *peer, char kind, const char *line)
{
	char text[LINE_MAX_LEN];
	int len = snprintf(text, sizeof(text), "%c%s", kind, line);

	if (len < 0)
		return;
	if (len >= (int)sizeof(text))
		len = (int)sizeof(text) - 1;
	if (send(peer->source.fd, text, (size_t)len,
	        MSG_DONTWAIT | MSG_NOSIGNAL) == -1)
		log_debug("admin peer: %s", strerror(errno));
}

void
master_admin_close(struct master *master)
{
	struct sockaddr_un address;

	master_assert(master);
	for (size_t i = 0; i < MASTER_ADMIN_PEER_MAX; i++) {
		if (master->peers[i].wait != MASTER_WAIT_NONE)
			say(&master->peers[i], '-', "the daemon stops");
		end_peer(master, &master->peers[i]);
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

static void
add_peer(struct master *master, struct master_admin_peer *peer, int fd,
    enum master_work work, enum master_wait wait)
{
	peer->source = (struct master_source){fd, MASTER_SOURCE_ADMIN_PEER};
	peer->work = work;
	peer->wait = wait;
	if (!master_loop_watch(master, &peer->source))
		end_peer(master, peer);
}

/* A place for one more: where none is free, whoever has asked nothing makes
 * room. NULL: all wait for an outcome. */
static struct master_admin_peer *
free_peer(struct master *master)
{
	struct master_admin_peer *silent = NULL;

	for (size_t i = 0; i < MASTER_ADMIN_PEER_MAX; i++) {
		struct master_admin_peer *peer = &master->peers[i];

		if (peer->source.fd == -1)
			return peer;
		if (peer->wait == MASTER_WAIT_NONE)
			silent = peer;
	}
	if (silent != NULL)
		end_peer(master, silent);
	return silent;
}

void
master_admin_accept(struct master *master, struct master_source *source)
{
	master_assert(master);
	int fd = accept4(source->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

	if (fd == -1)
		return;
	bool may_ask = is_welcome(fd);
	struct master_admin_peer *peer = may_ask ? free_peer(master) : NULL;

	if (peer == NULL) {
		log_warn("an admin peer is turned away: %s",
		    may_ask ? "too many" : "not its business");
		close(fd);
		return;
	}
	add_peer(master, peer, fd, MASTER_WORK_RELOAD, MASTER_WAIT_NONE);
}

void
master_admin_take_peer(
    struct master *master, int fd, enum master_work work, enum master_wait wait)
{
	struct master_admin_peer *peer = NULL;

	master_assert(master);
	if (master_socket_is_packet(fd, false))
		peer = free_peer(master);
	if (peer != NULL)
		add_peer(master, peer, fd, work, wait);
	else
		close(fd);
}

static void
answer_reload(struct master *master, struct master_admin_peer *peer)
{
	peer->work = MASTER_WORK_RELOAD;
	peer->wait = MASTER_WAIT_NEXT;
	master_state_event(master, MASTER_EVENT_RELOAD);
}

static void
answer_upgrade(struct master *master, struct master_admin_peer *peer)
{
	peer->work = MASTER_WORK_UPGRADE;
	peer->wait = MASTER_WAIT_NEXT;
	master_state_event(master, MASTER_EVENT_UPGRADE);
}

/* The peer has been sent nothing before, so that its queue has room. */
static void
say_with(const struct master_admin_peer *peer, const char *line, int fd)
{
	union {
		struct cmsghdr header;
		char room[CMSG_SPACE(sizeof(int))];
	} control = {.room = {0}};
	char text[LINE_MAX_LEN];
	struct iovec part = {text, 0};
	struct msghdr message = {
	    .msg_iov = &part,
	    .msg_iovlen = 1,
	    .msg_control = &control,
	    .msg_controllen = sizeof(control.room),
	};
	struct cmsghdr *header = CMSG_FIRSTHDR(&message);

	part.iov_len = (size_t)snprintf(text, sizeof(text), "+%s", line);
	header->cmsg_level = SOL_SOCKET;
	header->cmsg_type = SCM_RIGHTS;
	header->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(header), &fd, sizeof(fd));
	if (sendmsg(peer->source.fd, &message, MSG_DONTWAIT | MSG_NOSIGNAL) ==
	    -1)
		log_debug("admin peer: %s", strerror(errno));
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
		say(peer, '-', strerror(errno));
	} else {
		say_with(peer, ADMIN_STATUS, fd);
		close(fd);
	}
	end_peer(master, peer);
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
		end_peer(master, peer);
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
		    has_room(&master->peers[i]))
			say(&master->peers[i], '=', line);
}

void
master_admin_end(struct master *master, const char *line, bool is_done)
{
	for (size_t i = 0; i < MASTER_ADMIN_PEER_MAX; i++) {
		if (master->peers[i].wait != MASTER_WAIT_THIS)
			continue;
		say(&master->peers[i], is_done ? '+' : '-', line);
		end_peer(master, &master->peers[i]);
	}
}
