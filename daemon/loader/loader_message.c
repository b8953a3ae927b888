/* loader_message.c — what the loader's child tells the master. */
#include "loader/loader_message.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	FDS_MAX = 253, /* SCM_MAX_FD of the kernel: more in one message fails */
};

/* Room for the descriptors of one message, aligned as the kernel wants it. */
union ancillary {
	struct cmsghdr header;
	char bytes[CMSG_SPACE(FDS_MAX * sizeof(int))];
};

static bool
send_message(
    int fd, struct loader_message *message, const int *fds, size_t fd_count)
{
	struct iovec bytes = {.iov_base = message, .iov_len = sizeof(*message)};
	struct msghdr header = {.msg_iov = &bytes, .msg_iovlen = 1};
	union ancillary ancillary;
	ssize_t sent;

	if (fd_count > 0) {
		memset(&ancillary, 0, sizeof(ancillary));
		header.msg_control = &ancillary;
		header.msg_controllen = CMSG_SPACE(fd_count * sizeof(int));
		struct cmsghdr *rights = &ancillary.header;

		rights->cmsg_level = SOL_SOCKET;
		rights->cmsg_type = SCM_RIGHTS;
		rights->cmsg_len = CMSG_LEN(fd_count * sizeof(int));
		memcpy(CMSG_DATA(rights), fds, fd_count * sizeof(int));
	}
	do
		sent = sendmsg(fd, &header, MSG_NOSIGNAL);
	while (sent == -1 && errno == EINTR);
	return sent == (ssize_t)sizeof(*message);
}

void
loader_message_line(int fd, bool is_error, const char *line)
{
	struct loader_message message = {
	    .kind = is_error ? LOADER_MESSAGE_ERROR : LOADER_MESSAGE_WARNING,
	};

	snprintf(message.text, sizeof(message.text), "%s", line);
	/* Nobody to tell it to means that the master is gone: the end of this
	 * process is near, and the end of the report fails as well. */
	if (!send_message(fd, &message, NULL, 0))
		return;
}

bool
loader_message_end(
    int fd, const struct report *report, const struct loaded *loaded)
{
	struct loader_message message = {
	    .kind =
	        loaded == NULL ? LOADER_MESSAGE_FAILED : LOADER_MESSAGE_DONE,
	    .errors = report->errors,
	    .broken = report->broken,
	    .warnings = report->warnings,
	};
	int fds[1 + STATS_SERVICE_MAX * HERITAGE_FILE_MAX];
	size_t count = 0;

	if (loaded != NULL) {
		fds[count++] = loaded->image_fd;
		for (unsigned i = 0; i < STATS_SERVICE_MAX; i++) {
			size_t files = loaded->file_count[i];

			memcpy(
			    fds + count, loaded->files[i], files * sizeof(int));
			count += files;
			message.file_count[i] = (uint32_t)files;
		}
	}
	if (count > FDS_MAX) {
		errno = EMFILE;
		return false;
	}
	return send_message(fd, &message, fds, count);
}

static void
close_all(const int *fds, size_t count)
{
	for (size_t i = 0; i < count; i++)
		close(fds[i]);
}

/* Copies the descriptors that came with HEADER to FDS; returns how many. */
static size_t
received_fds(struct msghdr *header, int fds[FDS_MAX])
{
	size_t count = 0;

	for (struct cmsghdr *part = CMSG_FIRSTHDR(header); part != NULL;
	     part = CMSG_NXTHDR(header, part)) {
		if (part->cmsg_level != SOL_SOCKET ||
		    part->cmsg_type != SCM_RIGHTS)
			continue;
		size_t len = part->cmsg_len - CMSG_LEN(0);

		/* The kernel puts all into one part, which fits. */
		assert(len / sizeof(int) <= FDS_MAX - count);
		memcpy(fds + count, CMSG_DATA(part), len);
		count += len / sizeof(int);
	}
	return count;
}

/* Gives FDS to LOADED as the counts say; false where they do not add up. */
static bool
sort_fds(const struct loader_message *message, const int *fds, size_t count,
    struct loaded *loaded)
{
	struct loaded out = {.image_fd = -1};
	size_t at = 1;

	if (count == 0)
		return false;
	out.image_fd = fds[0];
	for (unsigned i = 0; i < STATS_SERVICE_MAX; i++) {
		size_t files = message->file_count[i];

		if (files > HERITAGE_FILE_MAX || files > count - at)
			return false;
		memcpy(out.files[i], fds + at, files * sizeof(int));
		out.file_count[i] = files;
		at += files;
	}
	if (at != count)
		return false;
	*loaded = out;
	return true;
}

/* A line goes to the log as it is: no control characters in it. */
static void
make_printable(char text[LOADER_MESSAGE_TEXT])
{
	text[LOADER_MESSAGE_TEXT - 1] = '\0';
	for (char *c = text; *c != '\0'; c++)
		if ((unsigned char)*c < 0x20 || *c == 0x7f)
			*c = '?';
}

static enum loader_message_kind
judge(struct loader_message *message, const int *fds, size_t count,
    struct loaded *loaded)
{
	if (message->kind == LOADER_MESSAGE_DONE) {
		if (sort_fds(message, fds, count, loaded))
			return LOADER_MESSAGE_DONE;
	} else if (count == 0) {
		make_printable(message->text);
		if (message->kind == LOADER_MESSAGE_ERROR)
			return LOADER_MESSAGE_ERROR;
		if (message->kind == LOADER_MESSAGE_WARNING)
			return LOADER_MESSAGE_WARNING;
		if (message->kind == LOADER_MESSAGE_FAILED)
			return LOADER_MESSAGE_FAILED;
	}
	close_all(fds, count);
	return LOADER_MESSAGE_GONE;
}

enum loader_message_kind
loader_message_take(
    int fd, struct loader_message *message, struct loaded *loaded)
{
	struct iovec bytes = {.iov_base = message, .iov_len = sizeof(*message)};
	union ancillary ancillary;
	struct msghdr header = {
	    .msg_iov = &bytes,
	    .msg_iovlen = 1,
	    .msg_control = &ancillary,
	    .msg_controllen = sizeof(ancillary),
	};
	int fds[FDS_MAX];
	ssize_t len;

	do
		len = recvmsg(fd, &header, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
	while (len == -1 && errno == EINTR);
	if (len == -1)
		return errno == EAGAIN ? LOADER_MESSAGE_NONE
		                       : LOADER_MESSAGE_GONE;
	size_t count = received_fds(&header, fds);

	if (len != (ssize_t)sizeof(*message) ||
	    (header.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0) {
		close_all(fds, count);
		return LOADER_MESSAGE_GONE;
	}
	return judge(message, fds, count, loaded);
}
