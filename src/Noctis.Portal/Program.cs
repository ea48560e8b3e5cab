using Noctis.Archive.Database;
using Noctis.Portal.Hosting;

if (args is ["--health-check", ..])
    return await HealthProbe.RunAsync(args[1..]);

var builder = WebApplication.CreateBuilder(new WebApplicationOptions
{
    Args = args,
    // Styles and settings lie beside the program, wherever it is started from; data is where it is started.
    ContentRootPath = AppContext.BaseDirectory,
});
builder.AddNoctisSettings();
builder.AddNoctisPortal();

var app = builder.Build();
app.UseNoctisPortal();

try
{
    // Before anything listens: neither a browser nor a scanner meets a database that is not ready.
    await app.Services.GetRequiredService<DatabaseStartup>().MigrateAsync(app.Lifetime.ApplicationStopping);
}
catch (DatabaseStartupException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}

await app.RunAsync();
return 0;
