/* control.c — what master and workers tell each other over their socket pair.
 */
#include "core/control.h"

#include <assert.h>
#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

/* Aligned as the kernel wants its control data. */
union ancillary {
	struct cmsghdr header;
	uint8_t bytes[CMSG_SPACE(CONTROL_SOCKET_MAX * sizeof(int))];
};

/* Bytes of a message with COUNT sockets. */
static size_t
message_size(uint32_t count)
{
	return offsetof(struct control_message, sockets) +
	       count * sizeof(struct heritage_socket);
}

static void
attach(struct msghdr *header, union ancillary *ancillary,
    const struct control_message *message)
{
	int fds[CONTROL_SOCKET_MAX];
	size_t size = message->socket_count * sizeof(int);

	for (uint32_t i = 0; i < message->socket_count; i++)
		fds[i] = message->sockets[i].fd;
	memset(ancillary, 0, sizeof(*ancillary));
	header->msg_control = ancillary->bytes;
	header->msg_controllen = CMSG_SPACE(size);
	struct cmsghdr *rights = CMSG_FIRSTHDR(header);

	rights->cmsg_level = SOL_SOCKET;
	rights->cmsg_type = SCM_RIGHTS;
	rights->cmsg_len = CMSG_LEN(size);
	memcpy(CMSG_DATA(rights), fds, size);
}

bool
control_send(int fd, const struct control_message *message)
{
	assert(message->socket_count <= CONTROL_SOCKET_MAX);
	union {
		const struct control_message *read_only;
		void *base;
	} content = {.read_only = message};
	struct iovec part = {
	    .iov_base = content.base,
	    .iov_len = message_size(message->socket_count),
	};
	struct msghdr header = {.msg_iov = &part, .msg_iovlen = 1};
	union ancillary ancillary;
	ssize_t sent;

	if (message->socket_count > 0)
		attach(&header, &ancillary, message);
	do
		sent = sendmsg(fd, &header, MSG_DONTWAIT | MSG_NOSIGNAL);
	while (sent == -1 && errno == EINTR);
	return sent != -1;
}

/* Takes the descriptors out of HEADER into FDS, which has room for all that
 * the kernel could have put there; returns how many. */
static size_t
detach(struct msghdr *header, int fds[CONTROL_SOCKET_MAX])
{
	struct cmsghdr *rights = CMSG_FIRSTHDR(header);

	if (rights == NULL || rights->cmsg_level != SOL_SOCKET ||
	    rights->cmsg_type != SCM_RIGHTS)
		return 0;
	size_t count = (rights->cmsg_len - CMSG_LEN(0)) / sizeof(int);

	if (count > CONTROL_SOCKET_MAX)
		count = CONTROL_SOCKET_MAX;
	memcpy(fds, CMSG_DATA(rights), count * sizeof(int));
	return count;
}

/* The message is whole and has the descriptors that it speaks of. */
static bool
is_sound(const struct control_message *message, size_t len,
    const struct msghdr *header, size_t fd_count)
{
	return (header->msg_flags & (MSG_TRUNC | MSG_CTRUNC)) == 0 &&
	       len >= message_size(0) &&
	       message->socket_count <= CONTROL_SOCKET_MAX &&
	       len == message_size(message->socket_count) &&
	       fd_count == message->socket_count;
}

int
control_receive(int fd, struct control_message *message)
{
	int fds[CONTROL_SOCKET_MAX];
	struct iovec part = {.iov_base = message, .iov_len = sizeof(*message)};
	union ancillary ancillary;
	struct msghdr header = {
	    .msg_iov = &part,
	    .msg_iovlen = 1,
	    .msg_control = ancillary.bytes,
	    .msg_controllen = sizeof(ancillary.bytes),
	};
	ssize_t len;

	do
		len = recvmsg(fd, &header, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
	while (len == -1 && errno == EINTR);
	if (len == -1)
		return errno == ECONNRESET ? 0 : -1;
	if (len == 0)
		return 0;
	size_t fd_count = detach(&header, fds);

	if (!is_sound(message, (size_t)len, &header, fd_count)) {
		for (size_t i = 0; i < fd_count; i++)
			close(fds[i]);
		errno = EBADMSG;
		return -1;
	}
	for (size_t i = 0; i < fd_count; i++)
		message->sockets[i].fd = fds[i];
	return 1;
}
