public interface IMailer
{
    Task SendAsync(string address);
}
