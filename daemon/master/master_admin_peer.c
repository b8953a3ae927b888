/* master_admin_peer.c — who asks at the admin socket. */
#include "master/master_admin_peer.h"

#include "master/master_loop.h"

#include <errno.h>
#include <linux/sockios.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

enum { TEXT_MAX = 1200 }; /* bytes of a packet; a longer line is cut */

void
master_admin_peer_end(struct master *master, struct master_admin_peer *peer)
{
	if (peer->source.fd == -1)
		return;
	master_loop_forget(master, &peer->source);
	close(peer->source.fd);
	peer->source.fd = -1;
	peer->wait = MASTER_WAIT_NONE;
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
		master_admin_peer_end(master, silent);
	return silent;
}

bool
master_admin_peer_add(
    struct master *master, int fd, enum master_work work, enum master_wait wait)
{
	struct master_admin_peer *peer = free_peer(master);

	if (peer == NULL)
		return false;
	peer->source = (struct master_source){fd, MASTER_SOURCE_ADMIN_PEER};
	peer->work = work;
	peer->wait = wait;
	if (!master_loop_watch(master, &peer->source))
		master_admin_peer_end(master, peer);
	return true;
}

bool
master_admin_peer_has_room(const struct master_admin_peer *peer)
{
	int queued, size;
	socklen_t len = sizeof(size);

	return ioctl(peer->source.fd, SIOCOUTQ, &queued) == 0 &&
	       getsockopt(
	           peer->source.fd, SOL_SOCKET, SO_SNDBUF, &size, &len) == 0 &&
	       queued < size / 2;
}

void
master_admin_peer_say(
    const struct master_admin_peer *peer, char kind, const char *line)
{
	char text[TEXT_MAX];
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
master_admin_peer_say_with(
    const struct master_admin_peer *peer, const char *line, int fd)
{
	union {
		struct cmsghdr header;
		char room[CMSG_SPACE(sizeof(int))];
	} control = {.room = {0}};
	char text[TEXT_MAX];
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
