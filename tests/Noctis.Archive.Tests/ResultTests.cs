namespace Noctis.Archive.Tests;

public sealed class ResultTests
{
    [Fact]
    public void Value_OfAFailure_ThrowsWithItsMessage()
    {
        Result<int> result = new NotFoundError("It is gone.");

        Assert.False(result.IsSuccess);
        Assert.False(result.TryGetValue(out _));
        Assert.Contains("It is gone.", Assert.Throws<InvalidOperationException>(() => result.Value).Message, StringComparison.Ordinal);
        Assert.IsType<NotFoundError>(result.WithoutValue().Error);
    }

    [Fact]
    public void Value_OfASuccess_IsWhatWasReturned()
    {
        Result<int> result = 7;

        Assert.Equal(7, result.Value);
        Assert.True(result.WithoutValue().IsSuccess);
    }

    [Fact]
    public void Result_ThatWasNeverSet_IsNeitherSuccessNorFailure() => Assert.Throws<InvalidOperationException>(() => default(Result<int>).IsSuccess);
}
