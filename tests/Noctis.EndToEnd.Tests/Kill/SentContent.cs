namespace Noctis.EndToEnd.Tests.Kill;

/// <summary>One content that was sent under an object's UID: the length of its data set, and the hash by which it is told from others.</summary>
internal sealed record SentContent(int Length, string Sha256);
